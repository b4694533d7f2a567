package dev.closewait.it.server;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Program: fills the pool of a client library with idle connections and uses them no more. */
public final class IdlePool {
  private IdlePool() {}

  /**
   * Keeps the client open until standard input ends.
   *
   * @param args the library, requests at once to each address, the ports for HTTP and HTTPS
   */
  public static void main(String[] args) throws Exception {
    int requests = Integer.parseInt(args[1]);
    Ports ports = new Ports(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    try (HttpLoadClient client = HttpLoadClient.Library.valueOf(args[0]).open()) {
      ExecutorService threads = Executors.newFixedThreadPool(2 * requests);
      List<Callable<Long>> calls = new ArrayList<>();
      for (URI uri : List.of(ports.httpUri("/"), ports.httpsUri("/"))) {
        for (int i = 0; i < requests; i++) {
          calls.add(() -> client.get(uri));
        }
      }
      for (Future<Long> answer : threads.invokeAll(calls)) {
        answer.get();
      }
      threads.shutdown();
      ports.serveUntilInputEnds();
    }
  }
}
