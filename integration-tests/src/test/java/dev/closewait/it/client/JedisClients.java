package dev.closewait.it.client;

import java.time.Duration;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.RedisClient;

/**
 * Jedis: its pooled client, the pool that most applications still use, and connections without one.
 */
@SuppressWarnings("deprecation")
final class JedisClients implements ClientScenario {
  private static final String HOST = "127.0.0.1";

  @Override
  public void leak(Site site) {
    idlePool(site);
    neverReturned(site);
    clientPerCall(site);
  }

  private static void idlePool(Site site) {
    RedisClient client = site.keep(RedisClient.create(HOST, site.port()));
    get(client);
    client.get("key"); // LEAK
  }

  private static void neverReturned(Site site) {
    JedisPool pool = site.keep(new JedisPool(HOST, site.port()));
    get(pool);
    Jedis jedis = site.keep(pool.getResource()); // LEAK
    jedis.get("key");
  }

  private static void clientPerCall(Site site) {
    for (int i = 0; i < Site.CALLS; i++) {
      Jedis jedis = site.keep(new Jedis(HOST, site.port())); // LEAK
      jedis.get("key");
    }
  }

  @Override
  public void work(Site site) {
    ConnectionPoolConfig evicting = new ConnectionPoolConfig();
    evicting.setTimeBetweenEvictionRuns(Duration.ofMillis(200));
    evicting.setMinEvictableIdleDuration(Duration.ofMillis(200));
    RedisClient shared =
        site.keep(
            RedisClient.builder().hostAndPort(HOST, site.port()).poolConfig(evicting).build());
    get(shared);
    try (JedisPool pool = new JedisPool(HOST, site.port())) {
      get(pool);
    }
    for (int i = 0; i < Site.CALLS; i++) {
      try (Jedis jedis = new Jedis(HOST, site.port())) {
        jedis.get("key");
      }
    }
  }

  private static void get(RedisClient client) {
    client.get("key");
  }

  private static void get(JedisPool pool) {
    try (Jedis jedis = pool.getResource()) {
      jedis.get("key");
    }
  }
}
