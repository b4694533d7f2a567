package dev.closewait.it.client;

import jakarta.ws.rs.client.Client;
import org.glassfish.jersey.client.JerseyClientBuilder;

/** Jersey with its default connector, {@code HttpURLConnection}. */
final class JerseyOnUrlConnection extends JaxRs {

  @Override
  Client open() {
    return JerseyClientBuilder.createClient();
  }

  @Override
  public void work(Site site) {
    System.setProperty("http.keepAlive", "false");
    readBoth(site.keep(open()), site);
  }

  @Override
  boolean ownsConnections() {
    return false;
  }
}
