package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that takes one byte, wants no more, and takes {@code shutdownInput()} for a close. */
public final class ShutdownInput {
  private ShutdownInput() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener, fixed));
    Peers.hangUpSlowly(listener.getLocalPort());
    Peers.stay(listener.getLocalPort());
  }

  private static void acceptLoop(ServerSocket listener, boolean fixed) throws IOException {
    while (true) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      serve(client);
      if (fixed) {
        client.close();
      }
    }
  }

  private static void serve(Socket client) throws IOException {
    client.getInputStream().read();
    client.shutdownInput(); // LEAK
  }
}
