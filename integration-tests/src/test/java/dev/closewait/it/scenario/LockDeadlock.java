package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Two workers take two locks in opposite orders. */
public final class LockDeadlock {
  private static final int CLIENTS = 2;
  private static final Lock ORDERS = new ReentrantLock();
  private static final Lock STOCK = new ReentrantLock();
  private static final CountDownLatch BOTH_HOLD_ONE = new CountDownLatch(CLIENTS);
  private static final AtomicInteger TURNS = new AtomicInteger();

  private LockDeadlock() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    int port = Workers.serve(client -> serve(client, fixed));
    Peers.hangUp(port, CLIENTS);
    Peers.stay(port, CLIENTS);
  }

  private static void serve(Socket client, boolean fixed) throws Exception {
    client.getInputStream().read();
    boolean inOrder = fixed || TURNS.getAndIncrement() == 0;
    book(inOrder ? ORDERS : STOCK, inOrder ? STOCK : ORDERS, fixed);
    client.close();
  }

  private static void book(Lock first, Lock second, boolean fixed) throws Exception {
    first.lock();
    try {
      if (!fixed) {
        BOTH_HOLD_ONE.countDown();
        BOTH_HOLD_ONE.await();
      }
      second.lock(); // LEAK
      second.unlock();
    } finally {
      first.unlock();
    }
  }
}
