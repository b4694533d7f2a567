package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Reads the orders to the end of the stream, answers them, and leaves. */
final class AnsweredAfterTheEnd implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  AnsweredAfterTheEnd() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    BufferedReader in = Orders.reader(client);
    List<String> orders = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      orders.add(line);
    }
    for (String order : orders) {
      client.getOutputStream().write(Orders.answer(order)); // LEAK
    }
  }
}
