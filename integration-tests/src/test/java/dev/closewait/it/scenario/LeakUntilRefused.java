package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** Leaks connections until the process has no descriptor left. */
public final class LeakUntilRefused {
  private LeakUntilRefused() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    int leaked = 0;
    try {
      // The client closes first: its descriptor is there for the accept, so only a connect can
      // fail.
      while (true) {
        Peers.connect(listener.getLocalPort()).close();
        serve(listener.accept());
        leaked++;
      }
    } catch (IOException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
    Peers.stay(listener.getLocalPort(), leaked);
  }

  private static void serve(Socket client) throws IOException {
    Peers.KEPT.add(client);
    client.getInputStream().read(); // LEAK
  }
}
