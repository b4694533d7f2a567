package dev.closewait.it.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;

/** Program: a transport of Grizzly that is bound and not started, so that nobody accepts. */
public final class GrizzlyNotStarted {
  private static final int CLIENTS = 3;

  private GrizzlyNotStarted() {}

  /**
   * Runs until standard input ends.
   *
   * @param args "fixed" for a transport that is started
   */
  public static void main(String[] args) throws Exception {
    TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance().build();
    transport.setProcessor(FilterChainBuilder.stateless().add(new TransportFilter()).build());
    TCPNIOServerConnection listening =
        transport.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // LEAK
    if (args.length > 0) {
      transport.start();
    }
    int port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    hangUp(port);
    System.out.println("ready: port=" + port + " connections=" + CLIENTS);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void hangUp(int port) throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
    }
    for (Socket client : clients) {
      client.getOutputStream().write('?');
      client.close();
    }
  }
}
