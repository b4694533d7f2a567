package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE;
import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static dev.closewait.connection.RecordedConnection.ESTABLISHED;
import static dev.closewait.connection.RecordedConnection.GRACE;
import static dev.closewait.connection.RecordedConnection.entry;
import static dev.closewait.connection.RecordedConnection.text;
import static dev.closewait.connection.Records.descriptorOf;
import static dev.closewait.connection.Records.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitControl;
import java.net.CloseWaitHooks;
import java.net.CloseWaitRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which of the recorded connections ought to be closed. */
class ConnectionRegistryTest {
  private RecordedConnection connection;

  @BeforeEach
  void connect() throws IOException {
    connection = new RecordedConnection();
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  @Test
  void findsConnectionWhosePeerHasClosed() throws IOException {
    ConnectionSnapshot found = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(found.direction()).isEqualTo(Direction.ACCEPTED);
    assertThat(found.transport()).isEqualTo(Transport.SOCKET_CHANNEL);
    assertThat(found.descriptor()).isEqualTo(numberOf(connection.accepted));
    assertThat(found.local().toString()).isEqualTo(text(connection.accepted.getLocalAddress()));
    assertThat(found.remote().toString()).isEqualTo(text(connection.accepted.getRemoteAddress()));
    assertThat(found.opened().threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(found.opened().frames().get(0).getClassName())
        .isEqualTo(RecordedConnection.class.getName());
  }

  @Test
  void doesNotAskForYoungConnection() {
    AtomicInteger asked = new AtomicInteger();
    connection.registry.snapshot(System.nanoTime(), descriptor -> asked.incrementAndGet());
    assertThat(asked).hasValue(0);
  }

  @Test
  void leavesHealthyConnectionAlone() {
    RegistrySnapshot snapshot = connection.snapshot(connection.later, ESTABLISHED);
    assertThat(snapshot.stuck()).isEmpty();
    assertThat(snapshot.countsByState().get(ESTABLISHED)).isEqualTo(1);
  }

  @Test
  void remembersSinceWhenItIsStuck() {
    long since = connection.snapshot(connection.later, CLOSE_WAIT).stuck().get(0).sinceNanos();
    assertThat(
            connection.snapshot(connection.later + GRACE, CLOSE_WAIT).stuck().get(0).sinceNanos())
        .isEqualTo(since);
  }

  @Test
  void isStuckSinceTheEndOfStreamWasRead() {
    CloseWaitHooks.readv(-1, descriptorOf(connection.accepted));
    StuckConnection stuck = connection.snapshot(connection.later, ESTABLISHED).stuck().get(0);
    SocketEvent eof = stuck.connection().eof();
    assertThat(eof).isNotNull();
    assertThat(stuck.sinceNanos()).isEqualTo(eof.atNanos());
    assertThat(eof.frames()).isNotEmpty();
  }

  /** Many readers see -1 twice; only one that goes on to see it takes it for "nothing yet". */
  @Test
  void tellsReaderThatSeesTheEndAgainAndAgain() {
    CloseWaitHooks.readv(-1, descriptorOf(connection.accepted));
    CloseWaitHooks.readv(-1, descriptorOf(connection.accepted));
    connection.snapshot(connection.later, CLOSE_WAIT);
    assertThat(connection.snapshot(connection.later, CLOSE_WAIT).stuck().get(0).readsEofAgain())
        .isFalse();
    CloseWaitHooks.readv(-1, descriptorOf(connection.accepted));
    assertThat(connection.snapshot(connection.later, CLOSE_WAIT).stuck().get(0).readsEofAgain())
        .isTrue();
  }

  @Test
  void leavesOutWhatIsClosedWhileTheKernelIsAsked() {
    RegistrySnapshot snapshot =
        connection.registry.snapshot(
            connection.later,
            descriptor -> {
              CloseWaitHooks.closing(descriptorOf(connection.accepted));
              return CLOSE_WAIT;
            });
    assertThat(snapshot.stuck()).isEmpty();
  }

  @Test
  void doesNotTakeConnectThatHasNotEndedForDead() throws IOException {
    CloseWaitHooks.connecting(connection.client, connection.client.getRemoteAddress());
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    assertThat(connection.snapshot(connection.later, CLOSE).stuck()).isEmpty();
    CloseWaitHooks.connected(connection.client);
    ConnectionSnapshot dead = connection.onlyStuck(connection.later, CLOSE);
    assertThat(dead.direction()).isEqualTo(Direction.CONNECTED);
    assertThat(dead.remote().toString()).isEqualTo(text(connection.client.getRemoteAddress()));
  }

  @Test
  void takesConnectThatFailedForDead() throws IOException {
    CloseWaitHooks.connecting(connection.client, connection.client.getRemoteAddress());
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    CloseWaitHooks.connectFailed(new IOException("Connection refused"), connection.client);
    SocketEvent error = connection.onlyStuck(connection.later, CLOSE).error();
    assertThat(error).isNotNull();
    assertThat(error.detail()).isEqualTo("java.io.IOException: Connection refused");
  }

  @Test
  void findsChannelThatNobodyCanCloseOneScanLater() {
    entry(connection.accepted).clear();
    assertThat(connection.snapshot(connection.later, ESTABLISHED).stuck().get(0).unreachable())
        .isFalse();
    assertThat(connection.snapshot(connection.later, ESTABLISHED).stuck().get(0).unreachable())
        .isTrue();
  }

  /** Its cleaner closes it, sooner or later. */
  @Test
  void neverTakesSocketForUnreachable() throws IOException {
    CloseWaitRecord socket = Records.accepted(new Object(), 1_000);
    Records.call(CloseWaitControl.table(), "put", socket);
    socket.clear();
    for (int scan = 0; scan < 3; scan++) {
      assertThat(connection.snapshot(connection.later, ESTABLISHED).stuck().get(0).unreachable())
          .isFalse();
    }
  }

  @Test
  void tellsConnectionThatTheGarbageCollectorClosed() {
    entry(connection.accepted).clear();
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    assertThat(connection.snapshot(connection.later, ESTABLISHED).collected())
        .singleElement()
        .extracting(ConnectionSnapshot::collected)
        .isEqualTo(true);
    assertThat(connection.snapshot(connection.later, ESTABLISHED).collected()).isEmpty();
  }

  /** It is reachable from the connections that it accepted, and no pass comes by it. */
  @Test
  void resolvesTheStackOfListenerThatIsClosed() {
    CloseWaitRecord listener = entry(connection.server);
    CloseWaitHooks.closing(descriptorOf(connection.server));
    assertThat(listener.lastUseStack()).isInstanceOf(Throwable.class);
    connection.snapshot(connection.later, ESTABLISHED);
    assertThat(listener.lastUseStack()).isInstanceOf(StackTraceElement[].class);
  }

  @Test
  void knowsThatConnectionWasClosedSinceItWasCopied() {
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    ConnectionSnapshot copied = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(connection.registry.isOpen(copied)).isTrue();
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    assertThat(connection.registry.isOpen(copied)).isFalse();
  }

  @Test
  void knowsThatThreadHasUsedAnotherConnectionSince() {
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    ConnectionSnapshot first = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(usesSince(Thread.currentThread(), first)).isEmpty();
    CloseWaitHooks.accepted(connection.client, null);
    CloseWaitControl.tick(connection.later, 100);
    CloseWaitHooks.readv(1, descriptorOf(connection.client));
    connection.snapshot(connection.later, ESTABLISHED);
    assertThat(usesSince(Thread.currentThread(), first))
        .singleElement()
        .satisfies(use -> assertThat(use.id()).isNotEqualTo(first.id()))
        .satisfies(use -> assertThat(use.accepted()).isTrue())
        .satisfies(use -> assertThat(use.frames()).as("not resolved yet").isEmpty());
    assertThat(usesSince(new Thread(), first)).isEmpty();
  }

  private List<ThreadUses.Use> usesSince(Thread thread, ConnectionSnapshot from) {
    return connection.registry.threadUses().usesSince(thread, from);
  }
}
