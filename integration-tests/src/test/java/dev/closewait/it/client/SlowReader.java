package dev.closewait.it.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** Reads a large response with a long rest in the middle, each library on a thread of its own. */
final class SlowReader implements ClientScenario {
  /** Some thresholds, and less than six. */
  private static final int REST_MILLIS = 2_000;

  private static final int SOME_BYTES = 100_000;

  /** One library's way to a response. */
  private interface Reader {
    void read(URI uri) throws IOException, InterruptedException;
  }

  @Override
  public void leak(Site site) {
    throw new UnsupportedOperationException("a slow reader leaks nothing");
  }

  @Override
  public void work(Site site) throws InterruptedException {
    Thread[] threads = {
      start(SlowReader::withApache, site),
      start(SlowReader::withOkHttp, site),
      start(SlowReader::withJavaNetHttp, site),
      start(SlowReader::withUrlConnection, site)
    };
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static Thread start(Reader reader, Site site) {
    Thread thread =
        new Thread(
            () -> {
              try {
                reader.read(site.large());
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void withApache(URI uri) throws IOException, InterruptedException {
    try (CloseableHttpClient client = HttpClients.createDefault();
        ClassicHttpResponse response = client.executeOpen(null, new HttpGet(uri), null)) {
      readSlowly(response.getEntity().getContent());
    }
  }

  private static void withOkHttp(URI uri) throws IOException, InterruptedException {
    OkHttpClient client = new OkHttpClient();
    Request request = new Request.Builder().url(uri.toString()).build();
    try (Response response = client.newCall(request).execute()) {
      readSlowly(response.body().byteStream());
    }
    client.connectionPool().evictAll();
  }

  private static void withJavaNetHttp(URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    try (InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      readSlowly(body);
    }
  }

  private static void withUrlConnection(URI uri) throws IOException, InterruptedException {
    try (InputStream body = uri.toURL().openConnection().getInputStream()) {
      readSlowly(body);
    }
  }

  private static void readSlowly(InputStream body) throws IOException, InterruptedException {
    body.readNBytes(SOME_BYTES);
    Thread.sleep(REST_MILLIS);
    body.readAllBytes();
  }
}
