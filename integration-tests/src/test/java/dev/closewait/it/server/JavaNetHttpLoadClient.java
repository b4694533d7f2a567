package dev.closewait.it.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's {@code java.net.http.HttpClient}. */
final class JavaNetHttpLoadClient implements HttpLoadClient {
  private final HttpClient client = HttpClient.newHttpClient();

  @Override
  public long get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).build());
  }

  @Override
  public long post(URI uri, byte[] body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  /** Before JDK 21 it cannot be closed: it goes when nothing refers to it. */
  @Override
  public void close() throws IOException {
    if (client instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private long send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofByteArray()).body().length;
  }
}
