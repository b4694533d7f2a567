package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** {@link DeadlockedWorker}, with the two locks in one order, and the close before them. */
final class DeadlockedWorkerFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(DeadlockedWorkerFixed::serve);

  DeadlockedWorkerFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private static void serve(Socket client) throws IOException {
    Lock sales = new ReentrantLock();
    Lock stock = new ReentrantLock();
    try (client;
        BufferedReader in = Orders.reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
    }
    Daemon.start("auditor", () -> book(sales, stock));
    book(sales, stock);
  }

  private static void book(Lock first, Lock second) {
    first.lock();
    try {
      second.lock();
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
