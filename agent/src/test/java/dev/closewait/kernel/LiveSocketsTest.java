package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Asks the real kernel about sockets of this very process. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc/self/net/tcp")
class LiveSocketsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private KernelScanner scanner;
  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    scanner = keep(KernelScanner.open());
    listener = keep(new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})));
  }

  @AfterEach
  void closeAll() throws IOException {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void findsItsOwnConnectionInCloseWaitWithTheUnreadFin() throws IOException {
    Socket client = connect();
    Socket accepted = keep(listener.accept());
    client.close();

    KernelSocket row = untracked(accepted, TcpState.CLOSE_WAIT).row();

    assertThat(row).isNotNull();
    assertThat(row.receiveQueue()).isEqualTo(1);
    assertThat(row.remotePort()).isEqualTo(accepted.getPort());
  }

  @Test
  void findsTheReceiveQueueOfAnAcceptedConnectionByDescriptorAndByEndpoints() throws IOException {
    Socket client = connect();
    Socket accepted = keep(listener.accept());
    client.getOutputStream().write(new byte[5]);
    client.close();
    int descriptor = untracked(accepted, TcpState.CLOSE_WAIT).descriptor();

    assertThat(receiveQueue(key(descriptor, accepted))).hasValue(6);
    assertThat(receiveQueue(key(-1, accepted))).hasValue(6);
  }

  private OptionalLong receiveQueue(ConnectionKey key) {
    return scanner
        .snapshot(new SnapshotRequest(Map.of(), List.of(key), Set.of()))
        .receiveQueue(key);
  }

  private static ConnectionKey key(int descriptor, Socket socket) {
    return new ConnectionKey(
        descriptor, null, socket.getLocalPort(), socket.getInetAddress(), socket.getPort());
  }

  @Test
  void findsConnectionsThatNobodyHasAccepted() throws IOException {
    Socket open = connect();
    Socket gone = connect();
    int gonePort = gone.getLocalPort();
    gone.close();

    assertThat(waiting(gonePort, TcpState.CLOSE_WAIT).inode()).isZero();
    assertThat(waiting(open.getLocalPort(), TcpState.ESTABLISHED).inode()).isZero();
    assertThat(snapshot().listening(listener.getLocalPort()))
        .singleElement()
        .extracting(KernelSocket::receiveQueue)
        .isEqualTo(2L);
  }

  @Test
  void findsTheSameConnectionsInItsCensusAsInTheTable() throws IOException {
    int before = snapshot().census().counts().getOrDefault(TcpState.CLOSE_WAIT, 0);
    for (int i = 0; i < 3; i++) {
      Socket client = connect();
      Socket accepted = keep(listener.accept());
      client.close();
      untracked(accepted, TcpState.CLOSE_WAIT);
    }
    Socket waiting = connect();
    int waitingPort = waiting.getLocalPort();
    waiting.close();
    waiting(waitingPort, TcpState.CLOSE_WAIT);

    assertThat(snapshot().census().counts()).containsEntry(TcpState.CLOSE_WAIT, before + 4);
    assertThat(onOurPort(scanner.closeWaitRows())).hasSize(4);
  }

  private List<KernelSocket> onOurPort(KernelScan scan) {
    assertThat(scan).isInstanceOf(KernelScan.Rows.class);
    return ((KernelScan.Rows) scan)
        .sockets().stream().filter(row -> row.localPort() == listener.getLocalPort()).toList();
  }

  @Test
  void asksTheStateOfADescriptorDirectlyAsTheTableHasIt() throws IOException {
    Socket client = connect();
    Socket accepted = keep(listener.accept());
    int descriptor = untracked(accepted, TcpState.ESTABLISHED).descriptor();
    assertThat(scanner.stateOf(descriptor)).isEqualTo(TcpState.ESTABLISHED);
    client.close();

    untracked(accepted, TcpState.CLOSE_WAIT);

    assertThat(scanner.stateOf(descriptor)).isEqualTo(TcpState.CLOSE_WAIT);
  }

  @Test
  void seesTheSameProcessFromOutside() throws IOException {
    Socket client = connect();
    Socket accepted = keep(listener.accept());
    client.close();
    untracked(accepted, TcpState.CLOSE_WAIT);

    ProcessStates states = ProcessStates.of(ProcessHandle.current().pid());

    assertThat(states.census().owned().get(TcpState.CLOSE_WAIT)).isPositive();
    assertThat(states.closeWaitByRemote().get(accepted.getInetAddress())).isPositive();
    assertThat(states.descriptors().limit()).isEqualTo(scanner.descriptors().limit());
  }

  @Test
  void hasNothingMissing() {
    assertThat(snapshot().missing()).isEmpty();
  }

  private Socket connect() throws IOException {
    Socket client = keep(new Socket());
    client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
    return client;
  }

  private <T extends Closeable> T keep(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  private KernelSnapshot snapshot() {
    return scanner.snapshot(
        new SnapshotRequest(Map.of(), List.of(), Set.of(listener.getLocalPort())));
  }

  /** The socket's end at our side, once the kernel shows it in this state. */
  private UntrackedSocket untracked(Socket accepted, TcpState state) {
    return poll(
        () -> {
          for (UntrackedSocket socket : snapshot().untracked()) {
            KernelSocket row = socket.row();
            if (socket.state() == state
                && row != null
                && row.localPort() == accepted.getLocalPort()
                && row.remotePort() == accepted.getPort()) {
              return socket;
            }
          }
          return null;
        });
  }

  private KernelSocket waiting(int clientPort, TcpState state) {
    return poll(
        () -> {
          InetAddress bound = listener.getInetAddress();
          for (KernelSocket row : snapshot().waitingInAcceptQueue(bound, listener.getLocalPort())) {
            if (row.remotePort() == clientPort && row.state() == state) {
              return row;
            }
          }
          return null;
        });
  }

  /** A FIN is usually there when close() returns, but nobody promises it. */
  private static <T> T poll(Supplier<T> question) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < DEADLINE.toNanos()) {
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("not seen within " + DEADLINE);
  }
}
