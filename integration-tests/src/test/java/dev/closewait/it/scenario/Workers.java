package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;

/** A server with one thread for each client: {@code worker-1}, {@code worker-2} and so on. */
final class Workers {
  private Workers() {}

  /** What a worker does with its client. */
  @FunctionalInterface
  interface Handler {
    void serve(Socket client) throws Exception;
  }

  /** Returns the port. */
  static int serve(Handler handler) throws IOException {
    ServerSocket listener = Peers.listen();
    Thread acceptor = Peers.daemon(() -> acceptLoop(listener, handler));
    acceptor.setName("acceptor");
    acceptor.start();
    return listener.getLocalPort();
  }

  private static void acceptLoop(ServerSocket listener, Handler handler) {
    try {
      for (int i = 1; ; i++) {
        Socket client = listener.accept();
        Peers.KEPT.add(client);
        Thread worker = Peers.daemon(() -> serve(client, handler));
        worker.setName("worker-" + i);
        worker.start();
      }
    } catch (IOException e) {
      System.out.println("ended: " + e);
    }
  }

  private static void serve(Socket client, Handler handler) {
    try {
      handler.serve(client);
    } catch (Exception e) {
      System.out.println("ended: " + e);
    }
  }
}
