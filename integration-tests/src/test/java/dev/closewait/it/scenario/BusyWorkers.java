package dev.closewait.it.scenario;

import java.net.Socket;

/** More workers compute than there are cores, until the test gives the word, and close then. */
public final class BusyWorkers {
  private static final int MORE = 2;

  private static volatile boolean enough;
  private static volatile double result;

  private BusyWorkers() {}

  public static void main(String[] arguments) throws Exception {
    int clients = Runtime.getRuntime().availableProcessors() + MORE;
    int port = Workers.serve(BusyWorkers::serve);
    Peers.hangUp(port, clients);
    Peers.stay(port, clients, () -> enough = true);
  }

  private static void serve(Socket client) throws Exception {
    int order = client.getInputStream().read();
    while (!enough) {
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
