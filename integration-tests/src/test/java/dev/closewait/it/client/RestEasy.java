package dev.closewait.it.client;

import jakarta.ws.rs.client.Client;
import org.jboss.resteasy.client.jaxrs.internal.ResteasyClientBuilderImpl;

/** RESTEasy with its default engine, Apache HttpClient 4. */
final class RestEasy extends JaxRs {

  @Override
  Client open() {
    return new ResteasyClientBuilderImpl().build(); // LEAK
  }

  @Override
  boolean ownsConnections() {
    return true;
  }

  @Override
  public void work(Site site) {
    closedClients(site);
  }
}
