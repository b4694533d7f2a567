package dev.closewait.it.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Program: many requests to a {@link HealthySite}, on connections in plain and over TLS that each
 * serve some of them and are closed.
 */
public final class NoiseClients {
  private static final int THREADS = 3;
  private static final int REQUESTS_PER_CONNECTION = 250;
  private static final int SLOW_EVERY = 20;

  private NoiseClients() {}

  /**
   * Ends when the last connection is closed.
   *
   * @param args the ports for HTTP and HTTPS, how many requests, and how many of them at once
   */
  public static void main(String[] args) throws Exception {
    int http = Integer.parseInt(args[0]);
    int https = Integer.parseInt(args[1]);
    int connections = Integer.parseInt(args[2]) / REQUESTS_PER_CONNECTION;
    int atOnce = Integer.parseInt(args[3]);
    AtomicInteger requests = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      boolean secure = i % 2 == 1;
      boolean slow = i % SLOW_EVERY == 0;
      RawClients clients =
          RawClients.of(
              secure ? https : http,
              secure ? SSLSocketFactory.getDefault() : SocketFactory.getDefault());
      all.add(threads.submit(() -> requests.addAndGet(converse(clients, atOnce, slow))));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    threads.awaitTermination(1, TimeUnit.MINUTES);
    System.out.println("requests: " + requests + " on connections: " + connections);
  }

  private static int converse(RawClients clients, int atOnce, boolean slow) throws Exception {
    try (PipelinedConnection server = new PipelinedConnection(clients.connect())) {
      int asked = 0;
      while (asked < REQUESTS_PER_CONNECTION) {
        server.ask(HealthySite.SMALL, atOnce);
        asked += atOnce;
      }
      if (slow) {
        server.ask(HealthySite.SLOW, 1);
        asked++;
      }
      return asked;
    }
  }
}
