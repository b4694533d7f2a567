package dev.closewait.it.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The {@link HealthySite} on the JDK's own HTTP server; a long poll keeps its thread. */
final class HealthyJdkServer {
  private HealthyJdkServer() {}

  static HealthyServer.Running start(TlsKeys keys) throws Exception {
    configure();
    ExecutorService threads = Executors.newCachedThreadPool();
    JdkServers servers =
        new JdkServers(
                HttpServer.create(JdkServers.anyPort(), 0),
                HttpsServer.create(JdkServers.anyPort(), 0))
            .serving(keys, HealthyJdkServer::handle, threads);
    servers.start();
    return new HealthyServer.Running() {
      @Override
      public Ports ports() {
        return servers.ports();
      }

      @Override
      public void stop() {
        servers.stop();
        threads.shutdown();
      }
    };
  }

  /**
   * Properties of sun.net.httpserver.ServerConfig (JDK 17 and 25), read when the first server is
   * made.
   */
  private static void configure() {
    System.setProperty(
        "sun.net.httpserver.idleInterval", String.valueOf(HealthyServer.KEEP_ALIVE_MILLIS / 1000));
    System.setProperty("sun.net.httpserver.clockTick", "1000");
    System.setProperty("sun.net.httpserver.idleTimerScheduleMillis", "1000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (path.equals(HealthySite.ECHO)) {
        exchange.sendResponseHeaders(200, 0);
        exchange.getRequestBody().transferTo(exchange.getResponseBody());
        return;
      }
      HealthySite.tellAsked(path);
      Thread.sleep(HealthySite.delay(path).toMillis());
      if (HealthySite.closesAfter(path)) {
        exchange.getResponseHeaders().set("Connection", "close");
      }
      byte[] body = HealthySite.body(path);
      exchange.sendResponseHeaders(200, HealthySite.isLarge(path) ? 0 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
