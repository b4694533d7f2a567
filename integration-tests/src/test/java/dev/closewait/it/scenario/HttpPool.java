package dev.closewait.it.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Healthy HTTP clients whose idle connections the server ends: {@code HttpURLConnection} keeps them
 * for some seconds, {@code java.net.http} closes them at once.
 */
public final class HttpPool {
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII);

  private static final int SERVER_PATIENCE_MILLIS = 300;

  private HttpPool() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener));
    URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    if (arguments[0].equals("java.net.http")) {
      HttpClient client = HttpClient.newHttpClient();
      Peers.KEPT.add(client);
      client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    } else {
      fetch(uri);
    }
    Peers.stay(listener.getLocalPort());
  }

  private static void fetch(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.getInputStream().readAllBytes(); // LEAK
  }

  private static void acceptLoop(ServerSocket listener) throws IOException, InterruptedException {
    while (true) {
      try (Socket client = listener.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        while (!in.readLine().isEmpty()) {
          continue;
        }
        client.getOutputStream().write(RESPONSE);
        Thread.sleep(SERVER_PATIENCE_MILLIS);
      }
    }
  }
}
