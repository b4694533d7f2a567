package dev.closewait.it.incident;

import org.ektorp.http.HttpClient;
import org.ektorp.http.StdHttpClient;
import org.ektorp.impl.StdCouchDbInstance;

/** Ektorp #120: every call makes a client of its own, and nobody shuts it down. */
public final class Ektorp120 {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n[]";

  private Ektorp120() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.answerAndHangUp(ANSWER);
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      databases("http://127.0.0.1:" + port, arguments.length > 0);
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void databases(String url, boolean closed) throws Exception {
    HttpClient client = new StdHttpClient.Builder().url(url).build(); // LEAK
    System.out.println(new StdCouchDbInstance(client).getAllDatabases());
    if (closed) {
      client.shutdown();
    }
  }
}
