package dev.closewait.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** {@code HttpURLConnection}, with the JVM's one cache of idle connections. */
final class UrlConnection implements ClientScenario {

  @Override
  public void leak(Site site) throws IOException {
    unreadSmall(site);
    unreadLarge(site);
    unreadError(site);
    idlePool(site);
  }

  private static void idlePool(Site site) throws IOException {
    read(connect(site.small()));
    site.keep(connect(site.small()).getInputStream().readAllBytes()); // LEAK
  }

  private static void unreadSmall(Site site) throws IOException {
    read(connect(site.small()));
    site.keep(connect(site.small()).getInputStream()); // LEAK
  }

  private static void unreadLarge(Site site) throws IOException {
    read(connect(site.small()));
    site.keep(connect(site.large()).getInputStream()); // LEAK
  }

  private static void unreadError(Site site) throws IOException {
    read(connect(site.small()));
    HttpURLConnection connection = site.keep(connect(site.missing()));
    connection.getResponseCode(); // LEAK
  }

  @Override
  public void work(Site site) throws IOException {
    System.setProperty("http.keepAlive", "false");
    read(connect(site.small()));
    read(connect(site.large()));
    HttpURLConnection failed = connect(site.missing());
    failed.getResponseCode();
    try (InputStream body = failed.getErrorStream()) {
      body.readAllBytes();
    }
  }

  private static HttpURLConnection connect(URI uri) throws IOException {
    return (HttpURLConnection) uri.toURL().openConnection();
  }

  private static void read(HttpURLConnection connection) throws IOException {
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
  }
}
