package dev.closewait.it.incident;

import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.apache.thrift.server.TThreadedSelectorServer;
import org.apache.thrift.transport.TNonblockingServerSocket;

/**
 * THRIFT-5441: selects that return nothing, as for connections that are accepted and say nothing,
 * count as a broken selector; the rebuilt one knows none of the connections.
 */
public final class Thrift5441 {
  /** More than {@code TThreadedSelectorServer.SELECTOR_AUTO_REBUILD_THRESHOLD}. */
  private static final int SILENT_CLIENTS = 1_000;

  private Thrift5441() {}

  public static void main(String[] arguments) throws Exception {
    TNonblockingServerSocket listening = new TNonblockingServerSocket(Peers.anyPort()); // LEAK
    TThreadedSelectorServer server =
        new TThreadedSelectorServer(
            new TThreadedSelectorServer.Args(listening)
                .selectorThreads(1)
                .processor((in, out) -> {}));
    Peers.daemon(server::serve);
    int port = listening.getPort();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < SILENT_CLIENTS; i++) {
      Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
      clients.add(client);
      Thread.sleep(2);
    }
    Thread.sleep(200);
    for (Socket client : clients.subList(0, Peers.CONNECTIONS)) {
      client.close();
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }
}
