package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** Gives each client a moment before it closes, in seconds where milliseconds were meant. */
final class SleepingWorker implements OrderServer {
  private static final int GRACE_MILLIS = 500;

  private final ThreadPerClient clients = new ThreadPerClient(SleepingWorker::serve);

  SleepingWorker() throws IOException {}

  @Override
  public int port() {
    return clients.port();
  }

  private static void serve(Socket client) throws IOException, InterruptedException {
    BufferedReader in = Orders.reader(client);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      client.getOutputStream().write(Orders.answer(line));
    }
    TimeUnit.SECONDS.sleep(GRACE_MILLIS); // LEAK
    client.close();
  }
}
