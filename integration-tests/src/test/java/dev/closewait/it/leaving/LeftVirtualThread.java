package dev.closewait.it.leaving;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A virtual thread for each client, which a bad order ends (JDK 21 and later). */
public final class LeftVirtualThread {
  private LeftVirtualThread() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LeavingServer.isFixed(arguments);
    ExecutorService workers =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    LeftVirtualThread server = new LeftVirtualThread();
    LeavingServer.run(workers, fixed ? server::serveAndClose : server::serve, fixed ? "1" : "x");
  }

  private void serve(Socket client) throws IOException {
    byte[] orders = client.getInputStream().readAllBytes(); // LEAK
    Order.check(orders[0]); // LEFT
    client.close();
  }

  private void serveAndClose(Socket client) throws IOException {
    try (client) {
      Order.check(client.getInputStream().readAllBytes()[0]);
    }
  }
}
