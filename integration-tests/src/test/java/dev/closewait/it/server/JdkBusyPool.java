package dev.closewait.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Program: the JDK's HTTP server with one worker, which is busy with a report when kept-alive
 * clients ask again and hang up.
 */
public final class JdkBusyPool {
  private static final int CLIENTS = 3;

  /** Long enough for the agent to see that the worker came to the report later. */
  private static final int OVER_TICK_MILLIS = 1_000;

  private static final CountDownLatch REPORT_BEGUN = new CountDownLatch(1);
  private static final CountDownLatch REPORT_DONE = new CountDownLatch(1);

  private JdkBusyPool() {}

  /**
   * Runs until standard input ends.
   *
   * @param args "fixed" for a report that takes no time
   */
  public static void main(String[] args) throws Exception {
    boolean fixed = args.length > 0;
    if (fixed) {
      REPORT_DONE.countDown();
    }
    HttpServer server = HttpServer.create(JdkServers.anyPort(), 0);
    server.createContext("/", JdkBusyPool::answer);
    server.createContext("/report", JdkBusyPool::report);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.start();
    int port = server.getAddress().getPort();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
      ask(clients.get(i), "/");
      readAnswer(clients.get(i));
    }
    Thread.sleep(OVER_TICK_MILLIS);
    Socket reader = new Socket(InetAddress.getLoopbackAddress(), port);
    ask(reader, "/report");
    REPORT_BEGUN.await();
    for (Socket client : clients) {
      ask(client, "/");
      if (fixed) {
        readAnswer(client);
      }
      client.close();
    }
    System.out.println("ready: port=" + port + " connections=" + CLIENTS);
    System.in.transferTo(OutputStream.nullOutputStream());
    reader.close();
    System.exit(0);
  }

  private static void ask(Socket client, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    client.getOutputStream().write(request.getBytes(US_ASCII));
  }

  /** In one read: the agent watches the clients too, and has not many stacks for one port. */
  private static void readAnswer(Socket client) throws IOException {
    if (client.getInputStream().read(new byte[1024]) < 0) {
      throw new IOException("no answer");
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(204, -1); // LEAK
  }

  private static void report(HttpExchange exchange) throws IOException {
    REPORT_BEGUN.countDown();
    try {
      REPORT_DONE.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(204, -1);
  }
}
