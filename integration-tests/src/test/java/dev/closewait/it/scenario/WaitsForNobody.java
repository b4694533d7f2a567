package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;

/** Workers wait for what nobody brings: an element of a queue, a future, the end of a thread. */
public final class WaitsForNobody {
  private static final Object STOCK = new Object();

  private WaitsForNobody() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    BlockingQueue<Object> queue = new ArrayBlockingQueue<>(Peers.CONNECTIONS);
    CompletableFuture<Object> future = new CompletableFuture<>();
    Thread thread = fixed ? new Thread() : Peers.start(() -> Thread.sleep(Long.MAX_VALUE));
    while (fixed && queue.offer(STOCK)) {
      future.complete(STOCK);
    }
    Peers.Task wait =
        switch (arguments[0]) {
          case "queue" -> queue::take;
          case "future" -> future::get;
          default -> thread::join;
        };
    int port = Workers.serve(client -> serve(client, wait));
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void serve(Socket client, Peers.Task wait) throws Exception {
    client.getInputStream().read();
    wait.run(); // LEAK
    client.close();
  }
}
