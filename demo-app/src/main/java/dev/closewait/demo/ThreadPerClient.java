package dev.closewait.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Accepts connections, keeps a list of the open ones, and serves each in a thread of its own. */
final class ThreadPerClient {
  private final ServerSocket listener = Loopback.listen();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Service service;

  ThreadPerClient(Service service) throws IOException {
    this.service = service;
    Daemon.start("acceptor", this::acceptLoop);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket client = listener.accept();
      clients.removeIf(Socket::isClosed);
      clients.add(client);
      Daemon.start("worker", () -> service.serve(client));
    }
  }

  /** Serves one client until it leaves; must close the socket. */
  @FunctionalInterface
  interface Service {
    void serve(Socket client) throws Exception;
  }
}
