package dev.closewait.it.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;

/**
 * Lettuce, whose connections are Netty's: they are closed when the server ends them, whether or not
 * anybody shuts the client down.
 */
final class Lettuce implements ClientScenario {

  @Override
  public void leak(Site site) {
    blockedEventLoop(site);
  }

  private static void blockedEventLoop(Site site) {
    RedisClient client = site.keep(open(site));
    StatefulRedisConnection<String, String> connection = site.keep(client.connect());
    connection.sync().get("key");
    connection.async().get("key").thenAccept(value -> compute());
  }

  private static void compute() {
    try {
      Thread.sleep(Long.MAX_VALUE); // LEAK
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void work(Site site) {
    RedisClient client = site.keep(open(site));
    for (int i = 0; i < Site.CALLS; i++) {
      site.keep(client.connect()).sync().get("key");
    }
  }

  private static RedisClient open(Site site) {
    return RedisClient.create("redis://127.0.0.1:" + site.port());
  }
}
