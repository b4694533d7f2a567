package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** {@link DroppedResponse}, with the response read to its end and the socket closed. */
final class DroppedResponseFixed implements OrderClient {
  private final List<Confirmation> confirmations = new ArrayList<>();

  @Override
  public void visit(int port, int connections) throws IOException {
    for (int number = 1; number <= connections; number++) {
      confirmations.add(order(port, number));
    }
  }

  private static Confirmation order(int port, int number) throws IOException {
    try (Socket server = Loopback.connect(port);
        BufferedReader in = Orders.reader(server)) {
      server.getOutputStream().write(("ORDER " + number + "\n").getBytes(US_ASCII));
      String status = in.readLine();
      return new Confirmation(status, in.lines().toList());
    }
  }

  /** What the server said first, and the terms. */
  private record Confirmation(String status, List<String> terms) {}
}
