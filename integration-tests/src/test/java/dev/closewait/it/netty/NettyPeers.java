package dev.closewait.it.netty;

import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** The other ends of the Netty programs: plain sockets that close all that they open. */
final class NettyPeers {
  /** How many connections most programs leak. */
  static final int CONNECTIONS = 2;

  /** Keeps what programs leak from the garbage collector; a test ends its JVM soon. */
  static final List<Object> KEPT = new CopyOnWriteArrayList<>();

  static final int LONGER_THAN_ANY_TEST_MILLIS = 600_000;

  private static final int PAUSE_MILLIS = 150;

  private NettyPeers() {}

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  static int portOf(Channel server) {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Each client says so many bytes, waits a moment, and hangs up. */
  static NettyMode.Outcome hangUp(Channel server, int bytes) throws Exception {
    int port = portOf(server);
    for (int i = 0; i < CONNECTIONS; i++) {
      hangUpOnce(port, bytes);
    }
    return new NettyMode.Outcome(port, CONNECTIONS);
  }

  static void hangUpOnce(int port, int bytes) throws Exception {
    try (Socket client = connect(port)) {
      client.getOutputStream().write(new byte[bytes]);
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** All clients say one byte, wait a moment, and hang up. */
  static NettyMode.Outcome hangUpTogether(Channel server) throws Exception {
    int port = portOf(server);
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      clients.add(connect(port));
      clients.get(i).getOutputStream().write('?');
    }
    Thread.sleep(PAUSE_MILLIS);
    for (Socket client : clients) {
      client.close();
    }
    return new NettyMode.Outcome(port, CONNECTIONS);
  }

  /** Each client hangs up with a reset. */
  static NettyMode.Outcome reset(Channel server) throws Exception {
    int port = portOf(server);
    for (int i = 0; i < CONNECTIONS; i++) {
      try (Socket client = connect(port)) {
        client.setSoLinger(true, 0);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return new NettyMode.Outcome(port, CONNECTIONS);
  }

  /**
   * Accepts, reads what comes for a moment, and hangs up: a server that gives up on its clients.
   */
  static void acceptAndHangUp(ServerSocket listener, int connections) throws Exception {
    for (int i = 0; i < connections; i++) {
      try (Socket client = listener.accept()) {
        InputStream in = client.getInputStream();
        in.readNBytes(Math.min(1, in.available()));
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** A whole handshake loads what an event loop would load otherwise, for seconds. */
  static void prepareTls() throws Exception {
    SSLContext tls = SSLContext.getDefault();
    try (ServerSocket listener =
            tls.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = tls.getSocketFactory().createSocket("127.0.0.1", listener.getLocalPort())) {
      Thread server = daemon("tls", () -> answer(listener));
      client.getOutputStream().write('?');
      client.getInputStream().read();
      server.join();
    }
  }

  private static void answer(ServerSocket listener) {
    try (Socket accepted = listener.accept()) {
      accepted.getOutputStream().write(accepted.getInputStream().read());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
