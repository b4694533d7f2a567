package dev.closewait.it.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Program: a handler on the JDK's HTTP server that answers and does not close the exchange. */
public final class JdkUnclosedExchange {
  private static final long WORK_NANOS = 600_000_000;

  private static final String LAST_WORD = "goodbye";

  /** RFC 9112, section 7.1: the end of the chunk; a client that leaves it unread resets. */
  static final String LAST_BYTES = LAST_WORD + "\r\n";

  private JdkUnclosedExchange() {}

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
                JdkUnclosedExchange::handle,
                Executors.newCachedThreadPool());
    servers.start();
    servers.ports().serveUntilInputEnds();
    System.exit(0);
  }

  /**
   * The agent takes the stack of a use after an idle clock tick: reading and writing in one tick
   * shows the read alone.
   */
  private static void work() {
    LockSupport.parkNanos(WORK_NANOS);
  }

  private static void handle(HttpExchange exchange) throws IOException {
    work();
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(LAST_WORD.getBytes(StandardCharsets.US_ASCII));
    exchange.getResponseBody().flush(); // LEAK
  }
}
