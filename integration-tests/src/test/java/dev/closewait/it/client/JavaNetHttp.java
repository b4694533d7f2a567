package dev.closewait.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/**
 * {@code java.net.http.HttpClient}: it sees at once when the server ends an idle connection, and a
 * body that fits one read is a body that it has read.
 */
final class JavaNetHttp implements ClientScenario {

  @Override
  public void leak(Site site) throws IOException, InterruptedException {
    unreadLarge(site);
    unreadLater(site);
  }

  private static void unreadLarge(Site site) throws IOException, InterruptedException {
    HttpClient client = site.keep(HttpClient.newHttpClient());
    read(client, site.small());
    HttpResponse<InputStream> response =
        client.send(get(site.large()), BodyHandlers.ofInputStream()); // LEAK
    site.keep(response);
  }

  private static void unreadLater(Site site) throws IOException, InterruptedException {
    HttpClient client = site.keep(HttpClient.newHttpClient());
    read(client, site.small());
    CompletableFuture<HttpResponse<InputStream>> response =
        client.sendAsync(get(site.large()), BodyHandlers.ofInputStream()); // LEAK
    site.keep(response.join());
  }

  @Override
  public void work(Site site) throws IOException, InterruptedException {
    HttpClient shared = site.keep(HttpClient.newHttpClient());
    read(shared, site.small());
    read(shared, site.large());
    shared.sendAsync(get(site.large()), BodyHandlers.ofString()).join();
    site.keep(shared.send(get(site.small()), BodyHandlers.ofInputStream()));
    for (int i = 0; i < Site.CALLS; i++) {
      read(site.keep(HttpClient.newHttpClient()), site.small());
    }
  }

  private static void read(HttpClient client, URI uri) throws IOException, InterruptedException {
    try (InputStream body = client.send(get(uri), BodyHandlers.ofInputStream()).body()) {
      body.readAllBytes();
    }
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }
}
