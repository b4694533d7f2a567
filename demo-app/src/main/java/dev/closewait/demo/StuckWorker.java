package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/** Serves a client to its end, then waits for a lock before it closes. */
final class StuckWorker implements OrderServer {
  private final List<String> journal = new ArrayList<>();
  private final ReentrantLock journalLock = new ReentrantLock();
  private final CountDownLatch exporting = new CountDownLatch(1);
  private final ThreadPerClient clients;

  StuckWorker() throws IOException, InterruptedException {
    Daemon.start("journal-export", this::exportJournal);
    exporting.await();
    clients = new ThreadPerClient(this::serve);
  }

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    List<String> orders = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      client.getOutputStream().write(Orders.answer(line));
      orders.add(line);
    }
    journalLock.lock(); // LEAK
    try {
      journal.addAll(orders);
    } finally {
      journalLock.unlock();
    }
    client.close();
  }

  private void exportJournal() throws InterruptedException {
    journalLock.lock();
    try {
      exporting.countDown();
      HangingDisk.write(journal);
    } finally {
      journalLock.unlock();
    }
  }
}
