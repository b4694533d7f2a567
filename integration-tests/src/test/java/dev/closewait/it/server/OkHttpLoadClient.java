package dev.closewait.it.server;

import java.io.IOException;
import java.net.URI;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp with its default pool: five idle connections for five minutes. */
final class OkHttpLoadClient implements HttpLoadClient {
  private final OkHttpClient client = new OkHttpClient();

  @Override
  public long get(URI uri) throws IOException {
    return execute(new Request.Builder().url(uri.toString()).build());
  }

  @Override
  public long post(URI uri, byte[] body) throws IOException {
    return execute(
        new Request.Builder().url(uri.toString()).post(RequestBody.create(body)).build());
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  private long execute(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) { // LEAK
      return response.body().bytes().length;
    }
  }
}
