package dev.closewait.connection;

import static dev.closewait.connection.Records.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitControl;
import java.net.CloseWaitHooks;
import java.net.CloseWaitRecord;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * A connection over loopback with the records of its server's end, made by calling the hooks as the
 * woven JDK does; what the kernel says of it is made up.
 */
final class RecordedConnection implements AutoCloseable {
  static final long GRACE = 1_000_000_000L;
  static final int ESTABLISHED = 1;
  static final int CLOSE = 7;
  static final int CLOSE_WAIT = 8;

  final ConnectionRegistry registry = new ConnectionRegistry(GRACE);
  final ServerSocketChannel server;
  final SocketChannel client;
  final SocketChannel accepted;

  /** When the connection is old enough to be asked about. */
  final long later;

  RecordedConnection() throws IOException {
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    client = SocketChannel.open(server.getLocalAddress());
    accepted = server.accept();
    CloseWaitControl.switchOn(1_000, false);
    CloseWaitControl.tick(System.nanoTime(), 100);
    CloseWaitHooks.listening(server);
    CloseWaitHooks.accepted(accepted, server);
    later = System.nanoTime() + 2 * GRACE;
  }

  @Override
  public void close() throws IOException {
    CloseWaitControl.switchOff();
    accepted.close();
    client.close();
    server.close();
  }

  ConnectionSnapshot onlyStuck(long now, int state) {
    RegistrySnapshot snapshot = snapshot(now, state);
    assertThat(snapshot.stuck()).hasSize(1);
    return snapshot.stuck().get(0).connection();
  }

  RegistrySnapshot snapshot(long now, int state) {
    IntUnaryOperator always = descriptor -> state;
    return registry.snapshot(now, always);
  }

  static CloseWaitRecord entry(Object handle) {
    return Objects.requireNonNull(CloseWaitControl.table().get(numberOf(handle)));
  }

  static String text(SocketAddress address) {
    InetSocketAddress internet = (InetSocketAddress) address;
    return internet.getAddress().getHostAddress() + ":" + internet.getPort();
  }
}
