package dev.closewait.it.scenario;

import java.net.Socket;

/** A worker looks for a free slot in a table that has none. */
public final class SpinningWorker {
  private static final int SLOTS = 64;
  private static final int LAST_SLOT = SLOTS - 1;

  private SpinningWorker() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    int port = Workers.serve(client -> serve(client, fixed));
    Peers.hangUp(port, 1);
    Peers.stay(port, 1);
  }

  private static void serve(Socket client, boolean fixed) throws Exception {
    int order = client.getInputStream().read();
    boolean[] taken = new boolean[SLOTS];
    for (int i = 0; i < SLOTS; i++) {
      taken[i] = !fixed;
    }
    book(taken, order);
    client.close();
  }

  private static void book(boolean[] taken, int order) {
    int slot = order;
    while (taken[slot & LAST_SLOT]) slot++; // LEAK
    taken[slot & LAST_SLOT] = true;
  }
}
