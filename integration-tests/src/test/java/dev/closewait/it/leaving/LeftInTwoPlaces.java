package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.Socket;

/** Two services of one port, of which one is left by an exception and the other by a return. */
public final class LeftInTwoPlaces {
  private LeftInTwoPlaces() {}

  public static void main(String[] arguments) throws IOException {
    LeavingServer.run(LeavingServer.pool(), LeftInTwoPlaces::serve, "xx", "y");
  }

  private static void serve(Socket client) throws IOException {
    if (client.getInputStream().read() == 'x') {
      serveOrder(client);
    } else {
      servePrice(client);
    }
  }

  private static void serveOrder(Socket client) throws IOException {
    Order.check(client.getInputStream().read()); // ORDER
    client.close();
  }

  private static void servePrice(Socket client) throws IOException {
    int price = client.getInputStream().read(); // PRICE
    if (price < 0) {
      return; // EARLY
    }
    client.close();
  }
}
