package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client that keeps the first line of each response, and the socket with the rest of it. */
final class DroppedResponse implements OrderClient {
  private final List<Confirmation> confirmations = new ArrayList<>();

  @Override
  public void visit(int port, int connections) throws IOException {
    for (int number = 1; number <= connections; number++) {
      confirmations.add(order(port, number));
    }
  }

  private static Confirmation order(int port, int number) throws IOException {
    Socket server = Loopback.connect(port);
    server.getOutputStream().write(("ORDER " + number + "\n").getBytes(US_ASCII));
    String status = Orders.reader(server).readLine(); // LEAK
    return new Confirmation(status, server);
  }

  /** What the server said first, and where the terms can be read. */
  private record Confirmation(String status, Socket terms) {}
}
