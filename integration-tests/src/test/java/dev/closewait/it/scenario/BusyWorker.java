package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** One worker takes a byte of each client, then has eyes for the last one only. */
public final class BusyWorker {
  private static final int PAUSE_MILLIS = 100;

  private BusyWorker() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    ServerSocket listener = Peers.listen();
    Peers.start(() -> work(listener, fixed));
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      try (Socket server = Peers.connect(listener.getLocalPort())) {
        server.getOutputStream().write(new byte[10]);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    Socket favourite = Peers.connect(listener.getLocalPort());
    Peers.start(() -> talk(favourite));
    Peers.stay(listener.getLocalPort());
  }

  private static void talk(Socket server) throws IOException, InterruptedException {
    while (true) {
      server.getOutputStream().write('!');
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void work(ServerSocket listener, boolean fixed) throws IOException {
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      client.getInputStream().read(); // LEAK
      if (fixed) {
        client.close();
      }
    }
    Socket favourite = listener.accept();
    while (favourite.getInputStream().read() >= 0) {
      Thread.onSpinWait();
    }
  }
}
