package dev.closewait.it.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** Program: a handler on the JDK's HTTP server that neither answers nor closes the exchange. */
public final class JdkUnansweredExchange {
  private JdkUnansweredExchange() {}

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    JdkServers servers =
        create()
            .serving(
                new TlsKeys(Path.of(args[0])),
                JdkUnansweredExchange::handle,
                Executors.newCachedThreadPool());
    servers.start();
    servers.ports().serveUntilInputEnds();
    System.exit(0);
  }

  private static JdkServers create() throws IOException {
    HttpsServer https = HttpsServer.create();
    HttpServer http = HttpServer.create();
    for (HttpServer server : new HttpServer[] {http, https}) {
      server.bind(JdkServers.anyPort(), 0); // LEAK
    }
    return new JdkServers(http, https);
  }

  private static void handle(HttpExchange exchange) {
    Ports.tellAsked();
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
  }
}
