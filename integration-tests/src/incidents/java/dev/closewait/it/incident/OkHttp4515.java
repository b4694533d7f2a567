package dev.closewait.it.incident;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * OkHttp #4515: a listener's {@code onOpen} throws before the WebSocket has its streams, so failing
 * it closes nothing.
 */
public final class OkHttp4515 {
  private OkHttp4515() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.upgradeAndHangUp();
    OkHttpClient client = new OkHttpClient();
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      connect(client, "ws://127.0.0.1:" + port + "/");
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void connect(OkHttpClient client, String url) {
    client.newWebSocket(new Request.Builder().url(url).build(), new Failing()); // LEAK
  }

  /** Cannot cope with the connection that it asked for. */
  private static final class Failing extends WebSocketListener {
    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      throw new IllegalStateException("not logged in");
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable problem, Response response) {
      System.out.println("failed: " + problem);
    }
  }
}
