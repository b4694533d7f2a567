package dev.closewait.it.incident;

import java.net.URI;
import javax.websocket.ClientEndpointConfig;
import javax.websocket.ContainerProvider;
import javax.websocket.Endpoint;
import javax.websocket.EndpointConfig;
import javax.websocket.Session;
import javax.websocket.WebSocketContainer;

/**
 * Tomcat BZ 64951: a WebSocket connect that fails before the channel has its wrapper leaves the
 * channel open; here the trust store does not exist.
 */
public final class Tomcat64951 {
  private Tomcat64951() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.acceptAndHangUp();
    WebSocketContainer container = ContainerProvider.getWebSocketContainer();
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      connect(container, URI.create("wss://127.0.0.1:" + port + "/"));
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void connect(WebSocketContainer container, URI server) {
    ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
    config.getUserProperties().put("org.apache.tomcat.websocket.SSL_TRUSTSTORE", "/nowhere.p12");
    try {
      container.connectToServer(new Silent(), config, server); // LEAK
    } catch (Exception e) {
      System.out.println("failed: " + e);
    }
  }

  /** An endpoint that is never opened. */
  private static final class Silent extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {}
  }
}
