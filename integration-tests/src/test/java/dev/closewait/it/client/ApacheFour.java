package dev.closewait.it.client;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
final class ApacheFour implements ClientScenario {

  @Override
  public void leak(Site site) throws IOException {
    idlePool(site);
    unreadSmall(site);
    unreadLarge(site);
    clientPerCall(site);
  }

  private static void idlePool(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    read(client, site.small());
    EntityUtils.consume(client.execute(new HttpGet(site.small())).getEntity()); // LEAK
  }

  private static void unreadSmall(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    read(client, site.small());
    site.keep(client.execute(new HttpGet(site.small()))); // LEAK
  }

  private static void unreadLarge(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    read(client, site.small());
    site.keep(client.execute(new HttpGet(site.large()))); // LEAK
  }

  private static void clientPerCall(Site site) throws IOException {
    for (int i = 0; i < Site.CALLS; i++) {
      CloseableHttpClient client = site.keep(HttpClients.createDefault()); // LEAK
      read(client, site.small());
    }
  }

  @Override
  public void work(Site site) throws IOException {
    CloseableHttpClient shared =
        site.keep(HttpClients.custom().evictIdleConnections(200, TimeUnit.MILLISECONDS).build());
    read(shared, site.small());
    read(shared, site.large());
    for (int i = 0; i < Site.CALLS; i++) {
      try (CloseableHttpClient client = HttpClients.createDefault()) {
        read(client, site.small());
      }
    }
  }

  private static void read(CloseableHttpClient client, URI uri) throws IOException {
    try (CloseableHttpResponse response = client.execute(new HttpGet(uri))) {
      EntityUtils.consume(response.getEntity());
    }
  }
}
