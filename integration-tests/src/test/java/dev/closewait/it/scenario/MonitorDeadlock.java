package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Two workers take two monitors in opposite orders. */
public final class MonitorDeadlock {
  private static final int CLIENTS = 2;
  private static final StringBuilder ORDERS = new StringBuilder();
  private static final StringBuffer STOCK = new StringBuffer();
  private static final CountDownLatch BOTH_HOLD_ONE = new CountDownLatch(CLIENTS);
  private static final AtomicInteger TURNS = new AtomicInteger();

  private MonitorDeadlock() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    int port = Workers.serve(client -> serve(client, fixed));
    Peers.hangUp(port, CLIENTS);
    Peers.stay(port, CLIENTS);
  }

  private static void serve(Socket client, boolean fixed) throws Exception {
    int order = client.getInputStream().read();
    boolean inOrder = fixed || TURNS.getAndIncrement() == 0;
    if (inOrder) {
      book(ORDERS, STOCK, order, fixed);
    } else {
      book(STOCK, ORDERS, order, fixed);
    }
    client.close();
  }

  private static void book(Appendable first, Appendable second, int order, boolean fixed)
      throws Exception {
    synchronized (first) {
      if (!fixed) {
        BOTH_HOLD_ONE.countDown();
        BOTH_HOLD_ONE.await();
      }
      synchronized (second) {
        second.append((char) order); // LEAK
      }
    }
  }
}
