package dev.closewait.it.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Configures a Jetty with an HTTP and an HTTPS connector; the caller starts it. */
final class JettyConnectors {
  private JettyConnectors() {}

  /**
   * Connects nothing yet.
   *
   * @param idleTimeoutMillis after which Jetty closes a connection; 0 for never
   */
  static Server create(TlsKeys keys, Handler handler, int idleTimeoutMillis) {
    Server server = new Server();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keys.file().toString());
    tls.setKeyStorePassword(TlsKeys.PASSWORD);
    addConnector(new ServerConnector(server), idleTimeoutMillis);
    addConnector(new ServerConnector(server, tls, new HttpConnectionFactory()), idleTimeoutMillis);
    server.setHandler(handler);
    return server;
  }

  static Ports ports(Server server) {
    return new Ports(port(server, 0), port(server, 1));
  }

  private static void addConnector(ServerConnector connector, int idleTimeoutMillis) {
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(idleTimeoutMillis);
    connector.getServer().addConnector(connector);
  }

  private static int port(Server server, int index) {
    return ((ServerConnector) server.getConnectors()[index]).getLocalPort();
  }
}
