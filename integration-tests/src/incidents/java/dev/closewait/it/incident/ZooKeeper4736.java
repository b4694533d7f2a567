package dev.closewait.it.incident;

import java.io.IOException;
import org.apache.zookeeper.ZooKeeper;

/**
 * ZOOKEEPER-4736: the client registers its channel, {@code connect} fails at once, and the closed
 * channel keeps its descriptor until the selector runs; the loop that connects again never lets it.
 */
public final class ZooKeeper4736 {
  private static final int SESSION_MILLIS = 10_000;

  private ZooKeeper4736() {}

  public static void main(String[] arguments) throws IOException {
    int port = Peers.deafPort();
    ZooKeeper client = new ZooKeeper("255.255.255.255:" + port, SESSION_MILLIS, event -> {});
    Peers.stay(port, Peers.CONNECTIONS);
    System.out.println(client);
  }
}
