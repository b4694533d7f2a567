package dev.closewait.it.incident;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * xtdb #5850, rebuilt: a bounded pool of handlers waits for an object store without a timeout, and
 * what is accepted meanwhile stays in the pool's unbounded queue.
 */
public final class Xtdb5850 {
  private static final int HANDLERS = 2;

  private final ExecutorService handlers = Executors.newFixedThreadPool(HANDLERS);
  private final CompletableFuture<String> objectStore = new CompletableFuture<>();

  public static void main(String[] arguments) throws Exception {
    Xtdb5850 server = new Xtdb5850();
    ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    if (arguments.length > 0) {
      server.objectStore.complete("page");
    }
    Peers.daemon(() -> server.acceptLoop(listening));
    int port = listening.getLocalPort();
    for (int i = 0; i < HANDLERS; i++) {
      Peers.sayAndAwaitEnd(port, "?");
    }
    Thread.sleep(100);
    Peers.sayAndHangUp(port, "?");
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private void acceptLoop(ServerSocket listening) throws IOException {
    while (true) {
      Socket client = listening.accept(); // LEAK
      handlers.execute(() -> handle(client));
    }
  }

  private void handle(Socket client) {
    try (client) {
      client.getInputStream().read();
      client.getOutputStream().write(objectStore.join().getBytes());
    } catch (IOException e) {
      System.out.println("client gone: " + e);
    }
  }
}
