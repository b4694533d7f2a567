package dev.closewait.it.client;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CountDownLatch;

/**
 * Lettuce, whose connections are Netty's: they are closed when the server ends them, whether or not
 * anybody shuts the client down.
 */
final class Lettuce implements ClientScenario {
  private final CountDownLatch computing = new CountDownLatch(1);

  @Override
  public void leak(Site site) throws InterruptedException {
    blockEventLoop(site);
    computing.await();
  }

  private void blockEventLoop(Site site) {
    RedisClient client = site.keep(open(site));
    StatefulRedisConnection<String, String> connection = site.keep(client.connect());
    connection.sync().get("key");
    connection.async().blpop(1, "queue").thenAccept(value -> compute());
  }

  private void compute() {
    computing.countDown();
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

  /** Over NIO: native transports may be on the class path. */
  private static RedisClient open(Site site) {
    System.setProperty("io.lettuce.core.epoll", "false");
    System.setProperty("io.lettuce.core.iouring", "false");
    return RedisClient.create("redis://127.0.0.1:" + site.port());
  }
}
