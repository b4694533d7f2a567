package dev.closewait.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/**
 * The {@link HealthySite} without any library: a thread for each client of a {@code ServerSocket}
 * and of an {@code SSLServerSocket}; answers GET, also when requests are pipelined.
 */
final class HealthySocketServer {
  private HealthySocketServer() {}

  static HealthyServer.Running start(TlsKeys keys) throws Exception {
    ServerSocket http = listen(ServerSocketFactory.getDefault());
    ServerSocket https = listen(keys.context().getServerSocketFactory());
    return new HealthyServer.Running() {
      @Override
      public Ports ports() {
        return new Ports(http.getLocalPort(), https.getLocalPort());
      }

      @Override
      public void stop() throws IOException {
        http.close();
        https.close();
      }
    };
  }

  private static ServerSocket listen(ServerSocketFactory sockets) throws IOException {
    ServerSocket listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon("acceptor", () -> accept(listening));
    return listening;
  }

  private static void daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void accept(ServerSocket listening) {
    try {
      while (true) {
        Socket client = listening.accept();
        daemon("session", () -> serve(client));
      }
    } catch (IOException e) {
      // The listening socket is closed: the server stops.
    }
  }

  private static void serve(Socket client) {
    try (client) {
      client.setSoTimeout(HealthyServer.KEEP_ALIVE_MILLIS);
      InputStream in = new BufferedInputStream(client.getInputStream());
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      String path = pathOfNext(in);
      while (path != null) {
        answer(path, out);
        if (in.available() == 0) {
          out.flush();
        }
        path = HealthySite.closesAfter(path) ? null : pathOfNext(in);
      }
    } catch (IOException e) {
      // The client has gone or is idle: its socket is closed all the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(String path, OutputStream out)
      throws IOException, InterruptedException {
    HealthySite.tellAsked(path);
    Thread.sleep(HealthySite.delay(path).toMillis());
    byte[] body = HealthySite.body(path);
    out.write(
        ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(US_ASCII));
    out.write(body);
  }

  /** Null when the client has no more to ask. */
  private static String pathOfNext(InputStream in) throws IOException {
    String request = line(in);
    if (request.isEmpty()) {
      return null;
    }
    while (!line(in).isEmpty()) {
      // Headers: none of them matters here.
    }
    return request.split(" ")[1];
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
