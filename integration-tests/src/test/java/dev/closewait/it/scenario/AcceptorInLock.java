package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** The accepting thread wants a monitor that a thread holds while it sleeps. */
public final class AcceptorInLock {
  private static final StringBuffer AUDIT = new StringBuffer();
  private static final CountDownLatch FLUSHING = new CountDownLatch(1);
  private static final long HOUR_MILLIS = 3_600_000;

  private AcceptorInLock() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    Peers.start(() -> flush(fixed)).setName("audit-flush");
    FLUSHING.await();
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener)).setName("acceptor-1");
    Peers.hangUp(listener.getLocalPort(), Peers.CONNECTIONS + 1);
    Peers.stay(listener.getLocalPort());
  }

  private static void acceptLoop(ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      client.close();
      record(client.getPort());
    }
  }

  private static void record(int port) {
    synchronized (AUDIT) {
      AUDIT.append(port); // LEAK
    }
  }

  private static void flush(boolean fixed) throws InterruptedException {
    synchronized (fixed ? FLUSHING : AUDIT) {
      FLUSHING.countDown();
      Thread.sleep(HOUR_MILLIS);
    }
  }
}
