package dev.closewait.it.scenario;

import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Virtual threads want a lock that a platform thread holds while it sleeps (JDK 21 and later). */
public final class VirtualWorkersInLock {
  private static final Lock JOURNAL = new ReentrantLock();
  private static final CountDownLatch EXPORTING = new CountDownLatch(1);
  private static final long HOUR_MILLIS = 3_600_000;

  private VirtualWorkersInLock() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    Peers.start(() -> export(fixed)).setName("journal-export");
    EXPORTING.await();
    ServerSocket listener = Peers.listen();
    ExecutorService workers = VirtualThreads.executor();
    Peers.start(() -> acceptLoop(listener, workers));
    Peers.hangUp(listener.getLocalPort());
    Peers.stay(listener.getLocalPort());
  }

  private static void acceptLoop(ServerSocket listener, ExecutorService workers) throws Exception {
    while (true) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      workers.submit(() -> serve(client));
    }
  }

  private static Void serve(Socket client) throws Exception {
    client.getInputStream().read();
    JOURNAL.lock(); // LEAK
    JOURNAL.unlock();
    client.close();
    return null;
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
