package dev.closewait.it.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Program: a handler on the JDK's HTTP server that waits for something that never comes. */
public final class JdkBlockedExchange {
  private static final CountDownLatch STOCK_ARRIVED = new CountDownLatch(1);

  private JdkBlockedExchange() {}

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    HttpServer http = HttpServer.create(JdkServers.anyPort(), 0);
    HttpsServer https = HttpsServer.create(JdkServers.anyPort(), 0);
    JdkServers servers =
        new JdkServers(http, https)
            .serving(
                new TlsKeys(Path.of(args[0])),
                JdkBlockedExchange::handle,
                Executors.newCachedThreadPool());
    servers.start();
    servers.ports().serveUntilInputEnds();
    System.exit(0);
  }

  private static void handle(HttpExchange exchange) {
    Ports.tellAsked();
    try (exchange) {
      STOCK_ARRIVED.await(); // LEAK
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
