package dev.closewait.it.scenario;

import java.net.Socket;

/** More workers compute than there are cores, for some seconds, and close then. */
public final class BusyWorkers {
  private static final int MORE = 2;
  private static final long NANOS = 1_000_000_000;

  private static volatile double result;

  private BusyWorkers() {}

  /**
   * Starts it.
   *
   * @param arguments for how many seconds
   */
  public static void main(String[] arguments) throws Exception {
    long nanos = Long.parseLong(arguments[0]) * NANOS;
    int clients = Runtime.getRuntime().availableProcessors() + MORE;
    int port = Workers.serve(client -> serve(client, nanos));
    Peers.hangUp(port, clients);
    Peers.stay(port, clients);
  }

  private static void serve(Socket client, long nanos) throws Exception {
    int order = client.getInputStream().read();
    long start = System.nanoTime();
    while (System.nanoTime() - start < nanos) {
      price(order);
    }
    client.close();
  }

  private static void price(int order) {
    double sum = order;
    for (int i = 1; i < order * order; i++) {
      sum += Math.sqrt(sum + i);
    }
    result = sum;
  }
}
