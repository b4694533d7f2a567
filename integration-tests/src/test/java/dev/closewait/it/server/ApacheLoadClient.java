package dev.closewait.it.server;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Apache HttpClient 5 with its default pool: idle connections are not evicted. */
final class ApacheLoadClient implements HttpLoadClient {
  private final CloseableHttpClient client =
      HttpClients.custom()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .setMaxConnPerRoute(8)
                  .setMaxConnTotal(16)
                  .build())
          .build();

  @Override
  public long get(URI uri) throws IOException {
    return execute(new HttpGet(uri));
  }

  @Override
  public long post(URI uri, byte[] body) throws IOException {
    HttpPost post = new HttpPost(uri);
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_OCTET_STREAM));
    return execute(post);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private long execute(HttpUriRequestBase request) throws IOException {
    return client.execute(request, ApacheLoadClient::length); // LEAK
  }

  private static long length(ClassicHttpResponse response) throws IOException {
    return response.getEntity().getContent().readAllBytes().length;
  }
}
