package dev.closewait.it.client;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp. */
final class OkHttp implements ClientScenario {

  @Override
  public void leak(Site site) throws IOException {
    idlePool(site);
    unreadSmall(site);
    unreadLarge(site);
    unreadLater(site);
    clientPerCall(site);
  }

  private static void idlePool(Site site) throws IOException {
    OkHttpClient client = site.keep(new OkHttpClient());
    read(client, site.small());
    client.newCall(get(site.small())).execute().close(); // LEAK
  }

  private static void unreadSmall(Site site) throws IOException {
    OkHttpClient client = site.keep(new OkHttpClient());
    read(client, site.small());
    site.keep(client.newCall(get(site.small())).execute()); // LEAK
  }

  private static void unreadLarge(Site site) throws IOException {
    OkHttpClient client = site.keep(new OkHttpClient());
    read(client, site.small());
    site.keep(client.newCall(get(site.large())).execute()); // LEAK
  }

  private static void unreadLater(Site site) throws IOException {
    OkHttpClient client = site.keep(new OkHttpClient());
    read(client, site.small());
    Answer answer = new Answer();
    client.newCall(get(site.small())).enqueue(answer); // LEAK
    site.keep(answer.join());
  }

  private static void clientPerCall(Site site) throws IOException {
    for (int i = 0; i < Site.CALLS; i++) {
      OkHttpClient client = site.keep(new OkHttpClient()); // LEAK
      read(client, site.small());
    }
  }

  @Override
  public void work(Site site) throws IOException {
    ConnectionPool brief = new ConnectionPool(5, 200, TimeUnit.MILLISECONDS);
    OkHttpClient shared = site.keep(new OkHttpClient.Builder().connectionPool(brief).build());
    read(shared, site.small());
    read(shared, site.large());
    Answer answer = new Answer();
    shared.newCall(get(site.small())).enqueue(answer);
    answer.join().close();
    for (int i = 0; i < Site.CALLS; i++) {
      OkHttpClient client = new OkHttpClient();
      read(client, site.small());
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  private static void read(OkHttpClient client, URI uri) throws IOException {
    try (Response response = client.newCall(get(uri)).execute()) {
      response.body().bytes();
    }
  }

  private static Request get(URI uri) {
    return new Request.Builder().url(uri.toString()).build();
  }

  /** What comes of a call that does not wait. */
  private static final class Answer extends CompletableFuture<Response> implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      complete(response);
    }

    @Override
    public void onFailure(Call call, IOException e) {
      completeExceptionally(e);
    }
  }
}
