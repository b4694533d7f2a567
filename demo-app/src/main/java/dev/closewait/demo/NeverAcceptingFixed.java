package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@link NeverAccepting}, with an export that copies the journal and lets go of the lock. */
final class NeverAcceptingFixed implements OrderServer {
  private final ServerSocket listener = Loopback.listen();
  private final List<Integer> journal = new ArrayList<>();
  private final CountDownLatch exporting = new CountDownLatch(1);

  NeverAcceptingFixed() throws IOException, InterruptedException {
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
      synchronized (journal) {
        journal.add(client.getPort());
      }
    }
  }

  private void exportJournal() throws InterruptedException {
    List<Integer> copy;
    synchronized (journal) {
      copy = List.copyOf(journal);
    }
    exporting.countDown();
    HangingDisk.write(copy);
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
