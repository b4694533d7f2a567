package dev.closewait.it.incident;

import org.apache.http.client.ClientProtocolException;
import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.DecompressingHttpClient;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.PoolingClientConnectionManager;

/**
 * HTTPCLIENT-1273: {@code DecompressingHttpClient} throws for a content coding that it does not
 * know and does not consume the response, which nobody else has.
 */
public final class HttpClient1273 {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\n"
          + "Connection: close\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nok";

  private HttpClient1273() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.answerAndHangUp(ANSWER);
    PoolingClientConnectionManager pool = new PoolingClientConnectionManager();
    pool.setDefaultMaxPerRoute(Peers.CONNECTIONS);
    HttpClient client = new DecompressingHttpClient(new DefaultHttpClient(pool));
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      fetch(client, "http://127.0.0.1:" + port + "/");
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void fetch(HttpClient client, String url) throws Exception {
    try {
      client.execute(new HttpGet(url)); // LEAK
    } catch (ClientProtocolException e) {
      System.out.println("failed: " + e.getCause());
    }
  }
}
