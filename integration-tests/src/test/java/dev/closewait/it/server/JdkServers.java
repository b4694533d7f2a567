package dev.closewait.it.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/**
 * Configures the JDK's own HTTP server in plain and over TLS; the caller creates both, which binds
 * them.
 */
record JdkServers(HttpServer http, HttpsServer https) {

  /** Any free port of the loopback address. */
  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Makes both serve the handler on threads of the executor. */
  JdkServers serving(TlsKeys keys, com.sun.net.httpserver.HttpHandler site, ExecutorService threads)
      throws Exception {
    https.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
    for (HttpServer server : new HttpServer[] {http, https}) {
      server.createContext("/", site);
      server.setExecutor(threads);
    }
    return this;
  }

  void start() {
    http.start();
    https.start();
  }

  void stop() {
    http.stop(0);
    https.stop(0);
  }

  Ports ports() {
    return new Ports(http.getAddress().getPort(), https.getAddress().getPort());
  }
}
