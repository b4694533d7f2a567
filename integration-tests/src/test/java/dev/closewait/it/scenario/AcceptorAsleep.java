package dev.closewait.it.scenario;

import java.net.ServerSocket;
import java.net.Socket;

/** The accepting thread sleeps between two clients, for too long. */
public final class AcceptorAsleep {
  private static final long HOUR_MILLIS = 3_600_000;

  private AcceptorAsleep() {}

  public static void main(String[] arguments) throws Exception {
    long pauseMillis = Peers.isFixed(arguments) ? 1 : HOUR_MILLIS;
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener, pauseMillis)).setName("acceptor-1");
    Peers.hangUp(listener.getLocalPort(), Peers.CONNECTIONS + 1);
    Peers.stay(listener.getLocalPort());
  }

  private static void acceptLoop(ServerSocket listener, long pauseMillis) throws Exception {
    while (true) {
      Socket client = listener.accept();
      client.close();
      Thread.sleep(pauseMillis); // LEAK
    }
  }
}
