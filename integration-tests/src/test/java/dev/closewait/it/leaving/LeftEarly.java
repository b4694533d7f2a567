package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.Socket;

/** A method that returns early, before its close. */
public final class LeftEarly {
  private LeftEarly() {}

  public static void main(String[] arguments) throws IOException {
    boolean fixed = LeavingServer.isFixed(arguments);
    LeavingServer.run(
        LeavingServer.pool(),
        fixed ? LeftEarly::serveAndClose : LeftEarly::serve,
        fixed ? "1" : "x");
  }

  private static void serve(Socket client) throws IOException {
    byte[] orders = client.getInputStream().readAllBytes(); // LEAK
    if (orders[0] == 'x') {
      return; // LEFT
    }
    client.close();
  }

  private static void serveAndClose(Socket client) throws IOException {
    try (client) {
      client.getInputStream().readAllBytes();
    }
  }
}
