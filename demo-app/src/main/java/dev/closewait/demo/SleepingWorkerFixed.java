package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;

/** {@link SleepingWorker}, which closes at once: a client that has hung up needs no grace. */
final class SleepingWorkerFixed implements OrderServer {
  private final ThreadPerClient clients = new ThreadPerClient(SleepingWorkerFixed::serve);

  SleepingWorkerFixed() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private static void serve(Socket client) throws IOException {
    try (client;
        BufferedReader in = Orders.reader(client)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        client.getOutputStream().write(Orders.answer(line));
      }
    }
  }
}
