package dev.closewait.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;

/**
 * An HTTP server in the test that answers each connection once, keeps all of them alive, and hangs
 * up when it is told to.
 *
 * <p>It answers when all expected connections have asked, so that a client needs that many.
 */
final class HangUpServer implements AutoCloseable {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok";

  private final ServerSocket listening;
  private final CountDownLatch asked;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  private HangUpServer(ServerSocket listening, int expected) {
    this.listening = listening;
    this.asked = new CountDownLatch(expected);
    for (int i = 0; i < expected; i++) {
      Thread thread = new Thread(this::serve, "hang-up-server");
      thread.setDaemon(true);
      thread.start();
    }
  }

  static HangUpServer start(ServerSocketFactory sockets, int expected) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new HangUpServer(sockets.createServerSocket(0, expected, loopback), expected);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Closes every connection. */
  void hangUp() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    hangUp();
    listening.close();
  }

  private void serve() {
    try {
      Socket connection = listening.accept();
      connections.add(connection);
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      String line = in.readLine();
      while (line != null && !line.isEmpty()) {
        line = in.readLine();
      }
      asked.countDown();
      asked.await();
      connection.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
