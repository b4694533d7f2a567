package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A healthy protocol with half-closed connections: the client ends its request with a FIN, and the
 * server goes on to answer, for longer than six thresholds.
 */
public final class HalfCloseProtocol {
  private HalfCloseProtocol() {}

  /**
   * Ends its clients before it says that it is ready.
   *
   * @param arguments how often the server answers, and the milliseconds between two answers
   */
  public static void main(String[] arguments) throws Exception {
    int answers = Integer.parseInt(arguments[0]);
    int pauseMillis = Integer.parseInt(arguments[1]);
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener, answers, pauseMillis));
    Thread[] clients = new Thread[Peers.CONNECTIONS];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = Peers.start(() -> ask(listener.getLocalPort()));
    }
    for (Thread client : clients) {
      client.join();
    }
    Peers.stay(listener.getLocalPort());
  }

  private static void ask(int port) throws IOException {
    try (Socket server = Peers.connect(port)) {
      server.getOutputStream().write('?');
      server.shutdownOutput();
      server.getInputStream().readAllBytes();
    }
  }

  private static void acceptLoop(ServerSocket listener, int answers, int pauseMillis)
      throws IOException {
    while (true) {
      Socket client = listener.accept();
      Peers.start(() -> answer(client, answers, pauseMillis));
    }
  }

  private static void answer(Socket client, int answers, int pauseMillis)
      throws IOException, InterruptedException {
    try (client) {
      client.getInputStream().readAllBytes();
      for (int i = 0; i < answers; i++) {
        client.getOutputStream().write('!');
        Thread.sleep(pauseMillis);
      }
    }
  }
}
