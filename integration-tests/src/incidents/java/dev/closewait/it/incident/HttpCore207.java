package dev.closewait.it.incident;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.http.impl.DefaultHttpClientConnection;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.params.BasicHttpParams;

/**
 * HTTPCORE-207: {@code close()} flushes first, the flush fails because the peer is gone, and the
 * socket is not closed.
 */
public final class HttpCore207 {
  private static final List<Object> KEPT = new ArrayList<>();

  private HttpCore207() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.answerAndHangUp("HTTP/1.1 408 Request Timeout\r\n\r\n");
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      DefaultHttpClientConnection connection = new DefaultHttpClientConnection();
      KEPT.add(connection);
      ask(connection, port);
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void ask(DefaultHttpClientConnection connection, int port) throws Exception {
    connection.bind(new Socket("127.0.0.1", port), new BasicHttpParams());
    connection.sendRequestHeader(new BasicHttpRequest("GET", "/"));
    connection.flush();
    Thread.sleep(100);
    connection.sendRequestHeader(new BasicHttpRequest("GET", "/"));
    connection.flush();
    Thread.sleep(100);
    connection.sendRequestHeader(new BasicHttpRequest("GET", "/again"));
    try {
      connection.close(); // LEAK
    } catch (IOException e) {
      System.out.println("close failed: " + e);
    }
  }
}
