package dev.closewait.it.incident;

import java.util.Map;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TSaslServerTransport;
import org.apache.thrift.transport.TServerSocket;

/**
 * THRIFT-3088: the SASL handshake of {@code TThreadPoolServer} fails, and its {@code finally}
 * closes nothing, because the transports are not assigned yet.
 *
 * <p>The clients are health checks that speak HTTP.
 */
public final class Thrift3088 {
  private Thrift3088() {}

  public static void main(String[] arguments) throws Exception {
    TServerSocket listening = new TServerSocket(Peers.anyPort());
    TSaslServerTransport.Factory sasl =
        new TSaslServerTransport.Factory(
            "DIGEST-MD5", "orders", "localhost", Map.of(), callbacks -> {});
    TServer server =
        new TThreadPoolServer(
            new TThreadPoolServer.Args(listening)
                .processor((in, out) -> false)
                .transportFactory(sasl));
    Peers.daemon(() -> serve(server));
    int port = listening.getServerSocket().getLocalPort();
    Peers.sayAndHangUp(port, "GET / HTTP/1.0\r\n\r\n");
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static void serve(TServer server) {
    server.serve(); // LEAK
  }
}
