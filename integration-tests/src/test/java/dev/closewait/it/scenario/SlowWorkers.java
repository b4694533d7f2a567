package dev.closewait.it.scenario;

import java.net.Socket;

/** Workers that take their time, and close then. */
public final class SlowWorkers {
  private SlowWorkers() {}

  /**
   * Starts it.
   *
   * @param arguments for how many milliseconds
   */
  public static void main(String[] arguments) throws Exception {
    long millis = Long.parseLong(arguments[0]);
    int port = Workers.serve(client -> serve(client, millis));
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void serve(Socket client, long millis) throws Exception {
    client.getInputStream().read();
    Thread.sleep(millis);
    client.close();
  }
}
