package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static dev.closewait.connection.Records.descriptorOf;
import static dev.closewait.connection.Records.fileDescriptorOf;
import static dev.closewait.connection.Records.numberOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitControl;
import java.net.CloseWaitHooks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the hooks record, and what not. */
class CloseWaitHooksTest {
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
  void forgetsConnectionThatWasClosed() {
    HookCounters before = connection.registry.counters();
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    assertThat(connection.snapshot(connection.later, CLOSE_WAIT).stuck()).isEmpty();
    assertThat(connection.registry.counters().closed()).isEqualTo(before.closed() + 1);
    assertThat(connection.registry.descriptors()).containsExactly(numberOf(connection.server));
  }

  @Test
  void forgetsConnectionThatWasClosedInPause() {
    CloseWaitControl.pause(true);
    CloseWaitHooks.closing(descriptorOf(connection.accepted));
    CloseWaitControl.pause(false);
    assertThat(connection.registry.descriptors()).containsExactly(numberOf(connection.server));
  }

  @Test
  void recordsNothingWhenSwitchedOff() {
    CloseWaitControl.switchOff();
    CloseWaitHooks.connecting(
        connection.client, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    CloseWaitHooks.accepted(connection.accepted, connection.server);
    assertThat(connection.registry.descriptors()).isEmpty();
  }

  /** They are public methods of java.base: no argument may take the JVM down. */
  @Test
  void recordsNothingOfWhatIsNoSocket() {
    long before = connection.registry.counters().hookErrors();
    for (Object handle : new Object[] {null, new Object(), "text", new int[0]}) {
      CloseWaitHooks.accepted(handle, handle);
      CloseWaitHooks.acceptReturned(handle);
      CloseWaitHooks.connected(handle);
      CloseWaitHooks.listening(handle);
      CloseWaitHooks.closeRequested(handle);
      CloseWaitHooks.connecting(handle, null);
    }
    CloseWaitHooks.readv(-1, null);
    CloseWaitHooks.closing(null);
    assertThat(connection.registry.descriptors()).hasSize(2);
    assertThat(connection.registry.counters().hookErrors()).isEqualTo(before);
  }

  @Test
  void recordsOnlySoManyAndCountsTheOthers() {
    CloseWaitControl.switchOn(1, false);
    long before = connection.registry.counters().notTracked();
    CloseWaitHooks.accepted(connection.accepted, null);
    CloseWaitHooks.accepted(connection.client, null);
    assertThat(connection.registry.descriptors()).hasSize(1);
    assertThat(connection.registry.counters().notTracked()).isEqualTo(before + 1);
  }

  /** Its record knows it by the descriptor that it was read with. */
  @Test
  void seesTheCloseOfSocketFromBeforeTheAttach() {
    CloseWaitControl.switchOn(10, true);
    CloseWaitHooks.readv(-1, fileDescriptorOf(connection.accepted));
    CloseWaitHooks.closeRequested(connection.accepted);
    assertThat(connection.snapshot(connection.later, CLOSE_WAIT).stuck())
        .singleElement()
        .satisfies(stuck -> assertThat(stuck.connection().closeRequest()).isNotNull());
  }

  @Test
  void countsNoConnectionTwiceThatWasRefused() {
    CloseWaitControl.switchOn(0, false);
    long before = connection.registry.counters().notTracked();
    CloseWaitHooks.accepted(connection.accepted, null);
    CloseWaitHooks.acceptReturned(connection.accepted);
    assertThat(connection.registry.counters().notTracked()).isEqualTo(before + 1);
  }

  @Test
  void countsStackOverflow() {
    long before = CloseWaitControl.hookErrors();
    StackOverflowError overflow = new StackOverflowError();
    Records.onControl("hookFailed", overflow);
    assertThat(CloseWaitControl.hookErrors()).isEqualTo(before + 1);
    assertThat(CloseWaitControl.takeFirstError()).isSameAs(overflow);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void recordsNoUnixDomainSocket(@TempDir Path folder) throws IOException {
    try (ServerSocketChannel local = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      local.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      CloseWaitHooks.listening(local);
      assertThat(connection.registry.descriptors()).doesNotContain(numberOf(local));
    }
  }
}
