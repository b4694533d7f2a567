package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.Socket;

/** A bad order throws past the close, in a worker of a pool; nobody reads the end of the stream. */
public final class LeftWorker {
  private LeftWorker() {}

  public static void main(String[] arguments) throws IOException {
    LeftWorker server = new LeftWorker();
    boolean fixed = LeavingServer.isFixed(arguments);
    LeavingServer.run(
        LeavingServer.pool(), fixed ? server::serveAndClose : server::serve, fixed ? "1" : "x");
  }

  private void serve(Socket client) throws IOException {
    int order = client.getInputStream().read(); // LEAK
    Order.check(order); // LEFT
    client.close();
  }

  private void serveAndClose(Socket client) throws IOException {
    try (client) {
      Order.check(client.getInputStream().read());
    }
  }
}
