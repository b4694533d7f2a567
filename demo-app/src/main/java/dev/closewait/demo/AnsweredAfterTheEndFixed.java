package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** {@link AnsweredAfterTheEnd}, with a close after the last answer. */
final class AnsweredAfterTheEndFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(this::serve);

  AnsweredAfterTheEndFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private void serve(Socket client) throws IOException {
    List<String> orders = new ArrayList<>();
    try (client;
        BufferedReader in = Orders.reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        orders.add(line);
      }
      for (String order : orders) {
        client.getOutputStream().write(Orders.answer(order));
      }
    }
  }
}
