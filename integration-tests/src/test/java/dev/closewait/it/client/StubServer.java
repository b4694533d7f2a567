package dev.closewait.it.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server in the test that speaks one protocol, keeps its connections alive, and hangs up when it
 * is told to.
 */
final class StubServer implements AutoCloseable {
  private static final int BACKLOG = 50;

  private final Protocol protocol;
  private final ServerSocket listening;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private StubServer(Protocol protocol, ServerSocket listening) {
    this.protocol = protocol;
    this.listening = listening;
  }

  /** What the server says on one connection, until the client ends it. */
  @FunctionalInterface
  interface Protocol {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  static StubServer start(Protocol protocol) {
    try {
      ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
      StubServer server = new StubServer(protocol, listening);
      startThread(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How many connections were accepted. */
  int accepted() {
    return connections.size();
  }

  /** Ends every connection, and accepts no more: a client that reconnects finds nobody. */
  void hangUp() {
    try {
      listening.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    hangUp();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket connection = listening.accept();
        connections.add(connection);
        startThread(() -> serve(connection));
      }
    } catch (IOException hungUp) {
      // The listening socket is closed under accept.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      protocol.serve(
          new BufferedInputStream(connection.getInputStream()), connection.getOutputStream());
    } catch (IOException hungUp) {
      // The connection is closed under read or write, at this end or at the client's.
    }
  }

  private static void startThread(Runnable task) {
    Thread thread = new Thread(task, "stub-server");
    thread.setDaemon(true);
    thread.start();
  }
}
