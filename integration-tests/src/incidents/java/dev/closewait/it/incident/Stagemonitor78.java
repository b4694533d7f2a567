package dev.closewait.it.incident;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * stagemonitor #78, rebuilt: metrics are sent with {@code HttpURLConnection}, and nobody reads or
 * closes the stream of the answer.
 */
public final class Stagemonitor78 {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(4000);

  /** The answers wait for the garbage collector; it has not run yet. */
  private static final List<HttpURLConnection> SENT = new ArrayList<>();

  private Stagemonitor78() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.answerAndHangUp(ANSWER);
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      HttpURLConnection sent = send("http://127.0.0.1:" + port + "/_bulk");
      SENT.add(sent);
      if (arguments.length > 0) {
        sent.getInputStream().close();
      }
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static HttpURLConnection send(String url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) { // LEAK
      out.write("{}".getBytes());
    }
    System.out.println(connection.getResponseCode());
    return connection;
  }
}
