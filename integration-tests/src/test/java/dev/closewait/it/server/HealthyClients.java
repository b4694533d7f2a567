package dev.closewait.it.server;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Program: drives a {@link HealthySite} with every client library in turn, and closes each client.
 */
public final class HealthyClients {
  private static final int REQUESTS_PER_LIBRARY = 150;
  private static final int THREADS = 4;
  private static final byte[] POST_BODY = new byte[64 * 1024];

  /** By the last digit of a request's number; the others are small. */
  private static final Map<Integer, String> PATHS =
      Map.of(0, HealthySite.LARGE, 1, HealthySite.ECHO, 2, HealthySite.SMALL_THEN_CLOSE);

  private HealthyClients() {}

  /**
   * Drives, and ends when all clients are closed.
   *
   * @param args the ports for HTTP and HTTPS
   */
  public static void main(String[] args) throws Exception {
    Ports ports = new Ports(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    for (HttpLoadClient.Library library : HttpLoadClient.Library.values()) {
      try (HttpLoadClient client = library.open()) {
        drive(client, ports);
      }
      System.out.println("done: " + library);
    }
    System.out.println(
        "requests: " + REQUESTS_PER_LIBRARY * HttpLoadClient.Library.values().length);
  }

  private static void drive(HttpLoadClient client, Ports ports) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all =
          threads.invokeAll(
              IntStream.range(0, REQUESTS_PER_LIBRARY)
                  .<Callable<Void>>mapToObj(number -> () -> request(client, ports, number))
                  .toList());
      for (Future<Void> one : all) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Void request(HttpLoadClient client, Ports ports, int number) throws Exception {
    String path = path(number);
    URI uri = (number / 2) % 2 == 0 ? ports.httpUri(path) : ports.httpsUri(path);
    boolean isPost = path.equals(HealthySite.ECHO);
    long expected = isPost ? POST_BODY.length : HealthySite.body(path).length;
    long length = isPost ? client.post(uri, POST_BODY) : client.get(uri);
    if (length != expected) {
      throw new IllegalStateException(uri + " answered " + length + " bytes");
    }
    return null;
  }

  private static String path(int number) {
    if (number % 50 == 13) {
      return HealthySite.SLOW;
    }
    return number % 50 == 14
        ? HealthySite.POLL
        : PATHS.getOrDefault(number % 10, HealthySite.SMALL);
  }
}
