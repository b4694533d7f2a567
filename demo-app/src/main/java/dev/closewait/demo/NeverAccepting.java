package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Its acceptor writes a journal, and waits for the lock that a slow export of it holds. */
final class NeverAccepting implements OrderServer {
  private final ServerSocket listener = Loopback.listen();
  private final List<Integer> journal = new ArrayList<>();
  private final CountDownLatch exporting = new CountDownLatch(1);

  NeverAccepting() throws IOException, InterruptedException {
    Daemon.start("journal-export", this::exportJournal);
    exporting.await();
    Daemon.start("acceptor", this::acceptLoop);
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Daemon.start("worker", () -> serve(client));
      // HotSpot shows a thread that is blocked at a synchronized block on the first line inside.
      synchronized (journal) {
        journal.add(client.getPort()); // LEAK
      }
    }
  }

  private void exportJournal() throws InterruptedException {
    synchronized (journal) {
      exporting.countDown();
      HangingDisk.write(journal);
    }
  }

  private static void serve(Socket client) throws IOException {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
    }
  }
}
