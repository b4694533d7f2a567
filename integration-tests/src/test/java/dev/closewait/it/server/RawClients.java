package dev.closewait.it.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Clients that are no library: they send what they like and hang up when they like. */
final class RawClients {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private final SocketFactory factory;
  private final boolean secure;

  private RawClients(int port, SocketFactory factory, boolean secure) {
    this.port = port;
    this.factory = factory;
    this.secure = secure;
  }

  static RawClients plain(Ports ports) {
    return new RawClients(ports.http(), SocketFactory.getDefault(), false);
  }

  static RawClients secure(Ports ports, TlsKeys keys) throws Exception {
    return new RawClients(ports.https(), keys.context().getSocketFactory(), true);
  }

  /**
   * Clients of one port.
   *
   * @param factory of TLS sockets where that port is for TLS
   */
  static RawClients of(int port, SocketFactory factory) {
    return new RawClients(port, factory, factory instanceof SSLSocketFactory);
  }

  /** How a client goes away. */
  enum Farewell {
    /** A FIN, after TLS's own goodbye where there is one. */
    CLOSE,
    /** SO_LINGER 0: a reset, without any goodbye. */
    RESET
  }

  /** Connects; the caller closes. */
  Socket connect() throws IOException {
    return connect(factory);
  }

  /** Asks for the path; the caller closes. */
  Socket ask(String path) throws IOException {
    Socket socket = connect(factory);
    write(socket, request(path));
    return socket;
  }

  /** Asks for the path and goes away before the answer is there. */
  void askAndLeave(String path, Farewell farewell) throws IOException {
    leave(ask(path), farewell);
  }

  /** Goes away in the middle of the request. */
  void leaveInRequest(String path, Farewell farewell) throws IOException {
    Socket socket = connect(factory);
    write(socket, request(path).substring(0, request(path).length() / 2));
    leave(socket, farewell);
  }

  /** Goes away in the middle of the answer, with some of it unread. */
  void leaveInAnswer(String path, Farewell farewell) throws IOException {
    Socket socket = connect(factory);
    write(socket, request(path));
    if (socket.getInputStream().readNBytes(100).length != 100) {
      throw new IOException("no answer from port " + port);
    }
    leave(socket, farewell);
  }

  /** Goes away without a word; where a TLS handshake is due, in the middle of its first record. */
  void leaveAtOnce(Farewell farewell) throws IOException {
    Socket socket = connect(SocketFactory.getDefault());
    if (secure) {
      // RFC 8446, section 5.1: a handshake record of 512 bytes is announced.
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
    }
    leave(socket, farewell);
  }

  /** Reads an answer up to its last word. */
  static void readUntil(String lastWord, Socket socket) throws IOException {
    StringBuilder answer = new StringBuilder();
    while (answer.indexOf(lastWord) < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("the server has closed after " + answer);
      }
      answer.append((char) next);
    }
  }

  /** Uses a connection once and keeps it until the server closes it for being idle. */
  void stayUntilServerCloses(String path) throws IOException {
    try (Socket socket = connect(factory)) {
      write(socket, request(path));
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      throw new IOException("port " + port + " has not closed an idle connection", e);
    }
  }

  /**
   * TLS 1.3 has the server send tickets after the handshake: unread, they turn a close into a
   * reset.
   */
  private Socket connect(SocketFactory sockets) throws IOException {
    Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
    if (socket instanceof SSLSocket tls) {
      tls.setEnabledProtocols(new String[] {"TLSv1.2"});
    }
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: raw\r\n\r\n";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void leave(Socket socket, Farewell farewell) throws IOException {
    if (farewell == Farewell.RESET) {
      socket.setSoLinger(true, 0);
    }
    socket.close();
  }
}
