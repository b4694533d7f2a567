package dev.closewait.it.incident;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.WebSocketAdapter;
import org.eclipse.jetty.websocket.servlet.WebSocketServlet;
import org.eclipse.jetty.websocket.servlet.WebSocketServletFactory;

/**
 * Jetty #3422: a client of a WebSocket over TLS goes away without a close frame; the end of the
 * stream is noted, and nobody disconnects.
 */
public final class Jetty3422 {
  private static final String UPGRADE =
      "GET / HTTP/1.1\r\nHost: shop\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

  private Jetty3422() {}

  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    SslContextFactory tls = new SslContextFactory();
    tls.setSslContext(SSLContext.getDefault());
    ServerConnector connector = new ServerConnector(server, 1, 1, tls);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Sockets()), "/");
    server.setHandler(context);
    server.start(); // LEAK
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      upgradeAndVanish(connector.getLocalPort());
    }
    Peers.stay(connector.getLocalPort(), Peers.CONNECTIONS);
  }

  /** Closes below TLS: neither WebSocket nor TLS says goodbye. */
  private static void upgradeAndVanish(int port) throws IOException, InterruptedException {
    try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
      raw.setSoTimeout(10_000);
      SSLSocket tls =
          (SSLSocket)
              ((javax.net.ssl.SSLSocketFactory) javax.net.ssl.SSLSocketFactory.getDefault())
                  .createSocket(raw, "127.0.0.1", port, false);
      tls.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
      tls.getInputStream().read(new byte[1000]);
      Thread.sleep(100);
    }
  }

  private static final class Sockets extends WebSocketServlet {
    private static final long serialVersionUID = 1;

    @Override
    public void configure(WebSocketServletFactory factory) {
      factory.getPolicy().setIdleTimeout(600_000);
      factory.setCreator((request, response) -> new WebSocketAdapter());
    }
  }
}
