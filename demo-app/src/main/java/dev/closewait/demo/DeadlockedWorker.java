package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Books what it has sold before it closes; its auditor takes the two locks the other way round. */
final class DeadlockedWorker implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(DeadlockedWorker::serve);

  DeadlockedWorker() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private static void serve(Socket client) throws IOException, InterruptedException {
    Lock sales = new ReentrantLock();
    Lock stock = new ReentrantLock();
    CountDownLatch bothHoldOne = new CountDownLatch(2);
    BufferedReader in = Orders.reader(client);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      client.getOutputStream().write(Orders.answer(line));
    }
    Daemon.start("auditor", () -> book(stock, sales, bothHoldOne));
    book(sales, stock, bothHoldOne);
    client.close();
  }

  private static void book(Lock first, Lock second, CountDownLatch bothHoldOne)
      throws InterruptedException {
    first.lock();
    try {
      bothHoldOne.countDown();
      bothHoldOne.await();
      second.lock(); // LEAK
      try {
        System.out.println("booked");
      } finally {
        second.unlock();
      }
    } finally {
      first.unlock();
    }
  }
}
