package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/** Workers that take their time, until the test gives the word, and close then. */
public final class SlowWorkers {
  private static final CountDownLatch ENOUGH = new CountDownLatch(1);

  private SlowWorkers() {}

  public static void main(String[] arguments) throws Exception {
    int port = Workers.serve(SlowWorkers::serve);
    Peers.hangUp(port);
    Peers.stay(port, Peers.CONNECTIONS, ENOUGH::countDown);
  }

  private static void serve(Socket client) throws Exception {
    client.getInputStream().read();
    ENOUGH.await();
    client.close();
  }
}
