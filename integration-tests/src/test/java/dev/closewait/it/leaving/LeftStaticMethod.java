package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.Socket;

/** A static method reads to the end, and a bad order throws past its close. */
public final class LeftStaticMethod {
  private LeftStaticMethod() {}

  public static void main(String[] arguments) throws IOException {
    boolean fixed = LeavingServer.isFixed(arguments);
    LeavingServer.run(
        LeavingServer.pool(),
        fixed ? LeftStaticMethod::serveAndClose : LeftStaticMethod::serve,
        fixed ? "1" : "x");
  }

  private static synchronized void serve(Socket client) throws IOException {
    byte[] orders = client.getInputStream().readAllBytes(); // LEAK
    for (byte order : orders) {
      Order.check(order); // LEFT
    }
    client.close();
  }

  private static void serveAndClose(Socket client) throws IOException {
    try (client) {
      for (byte order : client.getInputStream().readAllBytes()) {
        Order.check(order);
      }
    }
  }
}
