package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Workers ask another server, which never answers. */
public final class WaitsForBackend {
  private static final int TIMEOUT_MILLIS = 100;

  private WaitsForBackend() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    ServerSocket silent = Peers.listen();
    Peers.start(() -> listenInSilence(silent));
    int port = Workers.serve(client -> serve(client, silent.getLocalPort(), fixed));
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void listenInSilence(ServerSocket silent) throws IOException {
    while (true) {
      Socket client = silent.accept();
      Peers.start(
          () -> {
            try (client) {
              client.getInputStream().readAllBytes();
            }
          });
    }
  }

  private static void serve(Socket client, int backendPort, boolean fixed) throws IOException {
    int order = client.getInputStream().read();
    try (Socket backend = Peers.connect(backendPort)) {
      backend.setSoTimeout(fixed ? TIMEOUT_MILLIS : 0);
      backend.getOutputStream().write(order);
      backend.getInputStream().read(); // LEAK
    } catch (SocketTimeoutException e) {
      System.out.println("no answer");
    }
    client.close();
  }
}
