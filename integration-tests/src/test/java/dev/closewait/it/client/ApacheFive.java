package dev.closewait.it.client;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;

/** Apache HttpClient 5. */
final class ApacheFive implements ClientScenario {

  @Override
  public void leak(Site site) throws IOException {
    idlePool(site);
    unreadSmall(site);
    unreadLarge(site);
    clientPerCall(site);
  }

  private static void idlePool(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    open(client, site.small());
    client.execute(new HttpGet(site.small()), response -> response.getCode()); // LEAK
  }

  private static void unreadSmall(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    open(client, site.small());
    site.keep(client.executeOpen(null, new HttpGet(site.small()), null)); // LEAK
  }

  private static void unreadLarge(Site site) throws IOException {
    CloseableHttpClient client = site.keep(HttpClients.createDefault());
    open(client, site.small());
    site.keep(client.executeOpen(null, new HttpGet(site.large()), null)); // LEAK
  }

  private static void clientPerCall(Site site) throws IOException {
    for (int i = 0; i < Site.CALLS; i++) {
      CloseableHttpClient client = site.keep(HttpClients.createDefault()); // LEAK
      open(client, site.small());
    }
  }

  private static void open(CloseableHttpClient client, URI uri) throws IOException {
    client.execute(new HttpGet(uri), response -> response.getCode());
  }

  @Override
  public void work(Site site) throws IOException {
    TimeValue shorterThanTheServers = TimeValue.ofMilliseconds(200);
    CloseableHttpClient shared =
        site.keep(HttpClients.custom().evictIdleConnections(shorterThanTheServers).build());
    read(shared, site.small());
    read(shared, site.large());
    for (int i = 0; i < Site.CALLS; i++) {
      try (CloseableHttpClient client = HttpClients.createDefault()) {
        read(client, site.small());
      }
    }
  }

  private static void read(CloseableHttpClient client, URI uri) throws IOException {
    try (ClassicHttpResponse response = client.executeOpen(null, new HttpGet(uri), null)) {
      EntityUtils.consume(response.getEntity());
    }
  }
}
