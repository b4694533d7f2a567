package dev.closewait.it.leaving;

import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.Socket;

/** A constructor reads the order, and whoever calls it never gets the object to close. */
public final class LeftConstructor implements AutoCloseable {
  private final Socket client;
  private final PushbackInputStream in;

  private LeftConstructor(Socket client, boolean fixed) throws IOException {
    this.client = client;
    this.in = new PushbackInputStream(client.getInputStream());
    int order = in.read(); // LEAK
    try {
      Order.check(order); // LEFT
    } finally {
      if (fixed) {
        client.close();
      }
    }
    in.unread(order);
  }

  public static void main(String[] arguments) throws IOException {
    boolean fixed = LeavingServer.isFixed(arguments);
    LeavingServer.run(
        LeavingServer.pool(),
        client -> {
          try (LeftConstructor session = new LeftConstructor(client, fixed)) {
            session.in.skip(1);
          }
        },
        fixed ? "1" : "x");
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
