package dev.closewait.it.client;

import java.io.OutputStream;
import redis.clients.jedis.Jedis;

/** Program: a connection of Jedis for each call, which is dropped and left to the collector. */
public final class JedisDropped {
  private static final int CALLS = 3;
  private static final int COLLECTIONS = 5;
  private static final int PAUSE_MILLIS = 100;

  private JedisDropped() {}

  /**
   * Runs until standard input ends.
   *
   * @param args "fixed" for calls that close
   */
  public static void main(String[] args) throws Exception {
    try (StubServer server = StubServer.start(new RedisProtocol())) {
      for (int i = 0; i < CALLS; i++) {
        call(server.port(), args.length > 0);
      }
      for (int i = 0; i < COLLECTIONS; i++) {
        System.gc();
        Thread.sleep(PAUSE_MILLIS);
      }
      System.out.println("ready: port=" + server.port() + " connections=" + CALLS);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static void call(int port, boolean fixed) {
    Jedis jedis = new Jedis("127.0.0.1", port);
    jedis.get("key"); // LEAK
    if (fixed) {
      jedis.close();
    }
  }
}
