package dev.closewait.it.client;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** The Jakarta REST client API, over whatever provider and connector a subclass chooses. */
abstract class JaxRs implements ClientScenario {

  /** As it comes. */
  abstract Client open();

  /** Connections are the client's and not the JVM's. */
  abstract boolean ownsConnections();

  @Override
  public void leak(Site site) {
    unreadSmall(site);
    unreadLarge(site);
    idlePool(site);
    if (ownsConnections()) {
      clientPerCall(site);
    }
  }

  private void idlePool(Site site) {
    Client client = site.keep(open());
    read(client, site.small());
    client.target(site.small()).request().get(String.class); // LEAK
  }

  private void unreadSmall(Site site) {
    Client client = site.keep(open());
    read(client, site.small());
    site.keep(client.target(site.small()).request().get()); // LEAK
  }

  private void unreadLarge(Site site) {
    Client client = site.keep(open());
    read(client, site.small());
    site.keep(client.target(site.large()).request().get()); // LEAK
  }

  private void clientPerCall(Site site) {
    for (int i = 0; i < Site.CALLS; i++) {
      Client client = site.keep(open());
      client.target(site.small()).request().get(String.class); // LEAK
    }
  }

  /** A client for each call, closed after it. */
  final void closedClients(Site site) {
    for (int i = 0; i < Site.CALLS; i++) {
      try (Client client = open()) {
        readBoth(client, site);
      }
    }
  }

  static void readBoth(Client client, Site site) {
    read(client, site.small());
    read(client, site.large());
  }

  private static void read(Client client, URI uri) {
    try (Response response = client.target(uri).request().get()) {
      response.readEntity(byte[].class);
    }
  }
}
