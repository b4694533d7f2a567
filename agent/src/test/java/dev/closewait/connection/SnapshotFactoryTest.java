package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static dev.closewait.connection.RecordedConnection.ESTABLISHED;
import static dev.closewait.connection.RecordedConnection.entry;
import static dev.closewait.connection.Records.descriptorOf;
import static dev.closewait.connection.Records.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitControl;
import java.net.CloseWaitHooks;
import java.net.CloseWaitRecord;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is asked of a handle and its descriptor beside the record. */
class SnapshotFactoryTest {
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
  void tellsWhetherChannelIsRegistered() throws IOException {
    connection.accepted.configureBlocking(false);
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).registration())
        .isEqualTo(new Registration(false, 0, false));
    try (Selector selector = Selector.open()) {
      connection.accepted.register(selector, SelectionKey.OP_READ);
      Registration registration = connection.onlyStuck(connection.later, CLOSE_WAIT).registration();
      assertThat(registration).isEqualTo(new Registration(true, SelectionKey.OP_READ, false));
      assertThat(registration.interestNames()).isEqualTo("OP_READ");
    }
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).registration())
        .isEqualTo(new Registration(false, 0, false, true));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the accept queue is asked by poll")
  void tellsThatListenerHasConnectionToAccept() throws IOException {
    long id = entry(connection.server).id();
    assertThat(connection.snapshot(connection.later, ESTABLISHED).waiting()).isEmpty();
    try (SocketChannel waiting = SocketChannel.open(connection.server.getLocalAddress())) {
      assertThat(waiting.isConnected()).isTrue();
      assertThat(connection.snapshot(connection.later, ESTABLISHED).waiting()).containsExactly(id);
    }
  }

  /** A snapshot may be kept for the life of the process. */
  @Test
  void holdsThreadsWeaklyInSnapshots() {
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    ConnectionSnapshot snapshot = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(snapshot.lastUser()).isNotNull();
    assertThat(snapshot.lastUser().refersTo(Thread.currentThread())).isTrue();
    snapshot.lastUser().clear();
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).lastUser()).isNull();
  }

  @Test
  void namesTheThreadThatTheStackOfTheLastUseIsOf() throws InterruptedException {
    runInWriter(() -> CloseWaitHooks.writtenv(1, descriptorOf(connection.accepted)));
    CloseWaitHooks.readv(-1, descriptorOf(connection.accepted));
    SocketEvent use = connection.onlyStuck(connection.later, CLOSE_WAIT).lastUse();
    assertThat(use.threadName()).isEqualTo("writer");
    assertThat(use.frames())
        .extracting(StackTraceElement::getMethodName)
        .anyMatch(name -> name.contains("runInWriter"));
    // Once its stack is resolved, too.
    use = connection.onlyStuck(connection.later, CLOSE_WAIT).lastUse();
    assertThat(use.threadName()).isEqualTo("writer");
  }

  @Test
  void namesNoThreadBesideTheStackOfAnother() throws InterruptedException {
    runInWriter(() -> CloseWaitHooks.writtenv(1, descriptorOf(connection.accepted)));
    CloseWaitControl.tick(System.nanoTime(), 0);
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    ConnectionSnapshot snapshot = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(snapshot.lastUseStackIsOlder()).isTrue();
    assertThat(snapshot.lastUse().frames()).isNotEmpty();
    assertThat(snapshot.lastUse().threadName()).isNull();
  }

  /** It moved no data, and so does not make the connection younger. */
  @Test
  void tellsWhereReadWasTriedOfConnectionThatWasNeverUsed() {
    CloseWaitHooks.readv(-2, descriptorOf(connection.accepted));
    ConnectionSnapshot snapshot = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(snapshot.lastUse()).isNull();
    assertThat(snapshot.triedRead().threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(snapshot.triedRead().frames().get(0).getMethodName())
        .isEqualTo("tellsWhereReadWasTriedOfConnectionThatWasNeverUsed");
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    snapshot = connection.onlyStuck(connection.later, CLOSE_WAIT);
    assertThat(snapshot.lastUse()).isNotNull();
    assertThat(snapshot.triedRead()).isNull();
  }

  private static void runInWriter(Runnable work) throws InterruptedException {
    Thread writer = new Thread(() -> work.run(), "writer");
    writer.start();
    writer.join();
  }

  /** Its number may belong to another connection by then. */
  @Test
  void doesNotAskTheKernelForEndpointsOfWhatIsClosed() throws IOException {
    try (Socket unrelated = new Socket()) {
      unrelated.connect(connection.server.getLocalAddress());
      int number = numberOf(connection.accepted);
      CloseWaitHooks.closing(descriptorOf(connection.accepted));
      CloseWaitRecord closed = Records.accepted(unrelated, number);
      Records.call(CloseWaitControl.table(), "put", closed);
      closed.clear();
      CloseWaitHooks.closing(descriptorOf(connection.accepted));
      ConnectionSnapshot collected =
          connection.snapshot(connection.later, ESTABLISHED).collected().get(0);
      assertThat(collected.local().isKnown()).isFalse();
      assertThat(collected.remote().isKnown()).isFalse();
    }
  }

  @Test
  void knowsTheListenerThatAcceptedIt() {
    ListenerSnapshot listener = connection.onlyStuck(connection.later, CLOSE_WAIT).listener();
    assertThat(listener).isNotNull();
    assertThat(listener.accepted()).isEqualTo(1);
    assertThat(listener.bound().frames()).isNotEmpty();
  }
}
