package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Drops sockets without close, which the garbage collector closes later. */
public final class DroppedSocket {
  private DroppedSocket() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    Peers.hangUp(listener.getLocalPort());
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      serve(listener, Peers.isFixed(arguments));
    }
    Peers.collectGarbage();
    Peers.stay(listener.getLocalPort());
  }

  private static void serve(ServerSocket listener, boolean fixed) throws IOException {
    Socket client = listener.accept(); // LEAK
    client.getInputStream().read();
    if (fixed) {
      client.close();
    }
  }
}
