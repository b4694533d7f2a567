package dev.closewait.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accepts TLS clients, each served by a thread of its own, and keeps them reachable as a session
 * list does.
 */
final class TlsListener {
  private static final Set<Socket> SESSIONS = ConcurrentHashMap.newKeySet();

  private TlsListener() {}

  /** What is done with one client. */
  @FunctionalInterface
  interface Session {
    void serve(Socket client) throws IOException;
  }

  /** Listens until standard input ends. */
  static void serve(TlsKeys keys, Session session) throws Exception {
    ServerSocket listening =
        keys.context()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(() -> acceptLoop(listening, session), "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
    new Ports(0, listening.getLocalPort()).serveUntilInputEnds();
    System.exit(0);
  }

  private static void acceptLoop(ServerSocket listening, Session session) {
    try (listening) {
      while (true) {
        Socket client = listening.accept();
        SESSIONS.add(client);
        new Thread(() -> run(client, session), "session").start();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void run(Socket client, Session session) {
    try {
      session.serve(client);
    } catch (IOException e) {
      System.out.println("session failed: " + e);
    }
  }
}
