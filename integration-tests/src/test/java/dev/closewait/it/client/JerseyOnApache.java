package dev.closewait.it.client;

import jakarta.ws.rs.client.Client;
import org.apache.hc.core5.util.TimeValue;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.apache5.connector.Apache5HttpClientBuilderConfigurator;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.JerseyClientBuilder;

/** Jersey with its connector for Apache HttpClient 5. */
final class JerseyOnApache extends JaxRs {

  @Override
  Client open() {
    return JerseyClientBuilder.createClient(config());
  }

  @Override
  public void work(Site site) {
    Apache5HttpClientBuilderConfigurator evict =
        builder -> builder.evictIdleConnections(TimeValue.ofMilliseconds(200));
    readBoth(site.keep(JerseyClientBuilder.createClient(config().register(evict))), site);
    closedClients(site);
  }

  @Override
  boolean ownsConnections() {
    return true;
  }

  private static ClientConfig config() {
    return new ClientConfig().connectorProvider(new Apache5ConnectorProvider());
  }
}
