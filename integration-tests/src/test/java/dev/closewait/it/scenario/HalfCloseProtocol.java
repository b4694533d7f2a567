package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A healthy protocol with half-closed connections: the client ends its request with a FIN, and the
 * server goes on to answer for much longer than the threshold.
 */
public final class HalfCloseProtocol {
  private static final int ANSWERS = 30;
  private static final int PAUSE_MILLIS = 150;

  private HalfCloseProtocol() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener));
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

  private static void acceptLoop(ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      Peers.start(() -> answer(client));
    }
  }

  private static void answer(Socket client) throws IOException, InterruptedException {
    try (client) {
      client.getInputStream().readAllBytes();
      for (int i = 0; i < ANSWERS; i++) {
        client.getOutputStream().write('!');
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
