package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A worker parses and books in one line, and waits there for a lock that a sleeper holds. */
public final class LockOfSleeper {
  private static final Lock JOURNAL = new ReentrantLock();
  private static final CountDownLatch EXPORTING = new CountDownLatch(1);
  private static final long HOUR_MILLIS = 3_600_000;

  private LockOfSleeper() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    Peers.start(() -> export(fixed)).setName("journal-export");
    EXPORTING.await();
    int port = Workers.serve(LockOfSleeper::serve);
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void serve(Socket client) throws Exception {
    book(client.getInputStream().read());
    client.close();
  }

  private static void book(int order) {
    JOURNAL.lock(); // LEAK
    try {
      Peers.KEPT.add(order);
    } finally {
      JOURNAL.unlock();
    }
  }

  private static void export(boolean fixed) throws InterruptedException {
    JOURNAL.lock();
    if (fixed) {
      JOURNAL.unlock();
    }
    EXPORTING.countDown();
    Thread.sleep(HOUR_MILLIS);
  }
}
