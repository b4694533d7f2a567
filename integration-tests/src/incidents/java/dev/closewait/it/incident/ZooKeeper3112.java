package dev.closewait.it.incident;

import java.io.IOException;
import org.apache.zookeeper.ZooKeeper;

/**
 * ZOOKEEPER-3112: the client's {@code connect} throws an unchecked exception for a name that does
 * not resolve, and only {@code IOException} closes the channel; every attempt leaks one more.
 */
public final class ZooKeeper3112 {
  private static final int SESSION_MILLIS = 10_000;

  private ZooKeeper3112() {}

  public static void main(String[] arguments) throws IOException {
    ZooKeeper client = new ZooKeeper("gone.invalid:2181", SESSION_MILLIS, event -> {});
    Peers.stay(2181, Peers.CONNECTIONS);
    System.out.println(client);
  }
}
