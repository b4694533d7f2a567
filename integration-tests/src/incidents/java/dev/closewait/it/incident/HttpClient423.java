package dev.closewait.it.incident;

import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.PoolingClientConnectionManager;
import org.apache.http.util.EntityUtils;

/**
 * The server ends the idle connections of HttpClient 4.2.3's pool, which notices at its next use.
 */
public final class HttpClient423 {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private HttpClient423() {}

  public static void main(String[] arguments) throws Exception {
    PoolingClientConnectionManager pool = new PoolingClientConnectionManager();
    HttpClient client = new DefaultHttpClient(pool);
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      fetch(client, "http://127.0.0.1:" + Peers.answerAndHangUp(ANSWER) + "/");
    }
    if (arguments.length > 0) {
      Thread.sleep(200);
      pool.closeExpiredConnections();
      pool.closeIdleConnections(0, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    Peers.stay(0, Peers.CONNECTIONS);
  }

  private static void fetch(HttpClient client, String url) throws Exception {
    EntityUtils.consume(client.execute(new HttpGet(url)).getEntity()); // LEAK
  }
}
