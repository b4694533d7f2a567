package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.ESTABLISHED;
import static dev.closewait.connection.RecordedConnection.GRACE;
import static dev.closewait.connection.Records.descriptorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitHooks;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A response that nobody reads, in a connection that is open at both ends. */
class UnreadWatchTest {
  private RecordedConnection connection;

  @BeforeEach
  void request() throws IOException {
    connection = new RecordedConnection();
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    CloseWaitHooks.connecting(connection.client, connection.client.getRemoteAddress());
    CloseWaitHooks.connected(connection.client);
    CloseWaitHooks.written(10, descriptorOf(connection.client));
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  @Test
  void findsUnreadResponse() throws IOException {
    readOnce();
    answer(7);
    StuckConnection found = stuck(connection.later).get(0);
    assertThat(found.isOpenAtBothEnds()).isTrue();
    assertThat(found.unreadBytes()).isEqualTo(7);
    assertThat(found.sinceNanos()).isEqualTo(connection.later);
    assertThat(stuck(connection.later + GRACE).get(0).sinceNanos()).isEqualTo(connection.later);
  }

  /** As when one thread writes and another one reads. */
  @Test
  void findsUnreadResponseWhoseRequestWasNotedLater() throws IOException {
    readOnce();
    CloseWaitHooks.written(10, descriptorOf(connection.client));
    answer(7);
    assertThat(stuck(connection.later)).hasSize(1);
  }

  @Test
  void startsAgainWhenMoreArrives() throws IOException {
    readOnce();
    answer(7);
    stuck(connection.later);
    answer(1);
    StuckConnection more = stuck(connection.later + GRACE).get(0);
    assertThat(more.unreadBytes()).isEqualTo(8);
    assertThat(more.sinceNanos()).isEqualTo(connection.later + GRACE);
  }

  @Test
  void leavesRequestAloneThatWaitsForItsResponse() throws IOException {
    answer(7);
    assertThat(stuck(connection.later)).isEmpty();
  }

  @Test
  void leavesIdleConnectionAlone() {
    readOnce();
    assertThat(stuck(connection.later)).isEmpty();
  }

  /**
   * What comes later is found later: the pool is asked again when it has been idle twice as long.
   */
  @Test
  void asksIdleConnectionMoreAndMoreRarely() throws IOException {
    readOnce();
    assertThat(stuck(connection.later)).isEmpty();
    answer(7);
    assertThat(stuck(connection.later + GRACE / 2)).isEmpty();
    assertThat(stuck(connection.later + 4 * GRACE)).hasSize(1);
  }

  private void readOnce() {
    CloseWaitHooks.read(5, descriptorOf(connection.client));
  }

  private void answer(int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      connection.accepted.write(buffer);
    }
  }

  private List<StuckConnection> stuck(long now) {
    return connection.snapshot(now, ESTABLISHED).stuck();
  }
}
