package dev.closewait.it.leaving;

import java.io.IOException;

/** The service is a lambda, which a bad order leaves past the close. */
public final class LeftLambda {
  private LeftLambda() {}

  public static void main(String[] arguments) throws IOException {
    if (LeavingServer.isFixed(arguments)) {
      LeavingServer.run(
          LeavingServer.pool(),
          client -> {
            try (client) {
              Order.check(client.getInputStream().read());
            }
          },
          "1");
    } else {
      LeavingServer.run(
          LeavingServer.pool(),
          client -> {
            int order = client.getInputStream().read(); // LEAK
            Order.check(order); // LEFT
            client.close();
          },
          "x");
    }
  }
}
