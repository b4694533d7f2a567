package dev.closewait.it.incident;

import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.client.ContentExchange;
import org.eclipse.jetty.client.HttpClient;

/**
 * Jetty bug 358959: the client's {@code connect} throws an unchecked exception for a name that does
 * not resolve, and only {@code IOException} closes the channel.
 */
public final class Jetty358959 {
  private Jetty358959() {}

  public static void main(String[] arguments) throws Exception {
    HttpClient client = new HttpClient();
    client.setConnectorType(HttpClient.CONNECTOR_SELECT_CHANNEL);
    client.setConnectBlocking(arguments.length > 0);
    client.start();
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      ContentExchange exchange = new ContentExchange();
      exchange.setURL("http://gone.invalid:8080/");
      try {
        client.send(exchange); // LEAK
      } catch (UnresolvedAddressException e) {
        System.out.println("failed: " + e);
      }
    }
    Peers.stay(8080, Peers.CONNECTIONS);
  }
}
