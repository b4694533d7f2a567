package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static dev.closewait.connection.Records.descriptorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitHooks;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The thread that serves a selector is known by the channels that it has used. */
class SelectorLoopsTest {
  private RecordedConnection connection;
  private Selector selector;
  private SocketChannel second;

  @BeforeEach
  void register() throws IOException {
    connection = new RecordedConnection();
    selector = Selector.open();
    second = SocketChannel.open(connection.server.getLocalAddress());
    CloseWaitHooks.connecting(second, connection.server.getLocalAddress());
    for (SocketChannel channel : new SocketChannel[] {connection.accepted, second}) {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
    }
  }

  @AfterEach
  void close() throws IOException {
    CloseWaitHooks.closing(descriptorOf(second));
    second.close();
    selector.close();
    connection.close();
  }

  @Test
  void knowsTheOnlyThreadThatUsesChannelsOfTheSelector() {
    CloseWaitHooks.readv(1, descriptorOf(second));
    assertThat(loops().loopOf(neverUsed())).isSameAs(Thread.currentThread());
    assertThat(loops().endOfLoopOf(neverUsed())).isNull();
  }

  @Test
  void knowsHowThatThreadHasEnded() throws InterruptedException {
    useAndDie();
    assertThat(loops().loopOf(neverUsed())).isNull();
    assertThat(loops().endOfLoopOf(neverUsed()).fact())
        .isEqualTo("loop was ended by java.lang.IllegalStateException: bad message");
  }

  @Test
  void takesTheOneThatIsAliveForTheOnlyOne() throws InterruptedException {
    useAndDie();
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
    ConnectionSnapshot used = neverUsed();
    assertThat(loops().loopOf(used)).isSameAs(Thread.currentThread());
    assertThat(loops().endOfLoopOf(used)).isNull();
  }

  private void useAndDie() throws InterruptedException {
    Thread loop =
        new Thread(
            () -> {
              CloseWaitHooks.readv(1, descriptorOf(second));
              throw new IllegalStateException("bad message");
            },
            "loop");
    loop.setUncaughtExceptionHandler((ended, thrown) -> CloseWaitHooks.uncaught(thrown));
    loop.start();
    loop.join();
  }

  private SelectorLoops loops() {
    return connection.registry.selectorLoops();
  }

  private ConnectionSnapshot neverUsed() {
    return connection.snapshot(connection.later, CLOSE_WAIT).stuck().stream()
        .map(StuckConnection::connection)
        .filter(stuck -> stuck.direction() == Direction.ACCEPTED)
        .findFirst()
        .orElseThrow();
  }
}
