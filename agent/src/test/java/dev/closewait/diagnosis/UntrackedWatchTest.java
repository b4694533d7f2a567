package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.endpoint;
import static dev.closewait.diagnosis.Observed.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import dev.closewait.kernel.UntrackedSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UntrackedWatchTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final long START = 1_000 * SECOND;

  private final KernelSnapshot tables = mock(KernelSnapshot.class);
  private final ConnectionRegistry connections = mock(ConnectionRegistry.class);
  private final UntrackedWatch watch =
      new UntrackedWatch(
          THRESHOLD,
          connections,
          new FindingFactory(new CulpritFinder(ApplicationFrames.of(List.of())), THRESHOLD));

  private boolean gaps;

  @Test
  void findsSocketThatStaysInCloseWaitForTheThreshold() {
    untracked(TcpState.CLOSE_WAIT, 4711);
    assertThat(scan(START)).isEmpty();
    assertThat(scan(START + THRESHOLD - 1)).isEmpty();
    assertThat(scan(START + THRESHOLD))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruling().cause()).isEqualTo(Cause.UNKNOWN);
              assertThat(finding.culprit()).isNull();
              assertThat(finding.connection().inode()).isEqualTo(4711);
              assertThat(finding.connection().stuckNanos()).isEqualTo(THRESHOLD);
            });
  }

  @Test
  void countsThoseThatItHasNotSeenForTheThreshold() {
    assertThat(watch.hasAny()).isFalse();
    untracked(TcpState.CLOSE_WAIT, 4711);
    scan(START);
    assertThat(watch.hasAny()).isTrue();
    assertThat(watch.young()).isEqualTo(1);
    scan(START + THRESHOLD);
    assertThat(watch.hasAny()).isTrue();
    assertThat(watch.young()).isZero();
    untracked(TcpState.ESTABLISHED, 4711);
    scan(START + 2 * THRESHOLD);
    assertThat(watch.hasAny()).isFalse();
  }

  @Test
  void startsAnewForAnotherSocket() {
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START);
    untracked(TcpState.CLOSE_WAIT, 2);
    assertThat(scan(START + THRESHOLD)).isEmpty();
  }

  @Test
  void leavesOpenConnectionAlone() {
    untracked(TcpState.ESTABLISHED, 1);
    scan(START);
    assertThat(scan(START + THRESHOLD)).isEmpty();
  }

  @Test
  void knowsByThePortThatItWasAccepted() {
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START, listener(7, 0));
    assertThat(scan(START + THRESHOLD, listener(7, 0)))
        .extracting(Finding::kind)
        .containsExactly(SocketKind.ACCEPTED);
  }

  @Test
  void takesItForConnectedOtherwise() {
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START);
    assertThat(scan(START + THRESHOLD))
        .extracting(Finding::kind)
        .containsExactly(SocketKind.CONNECTED);
  }

  /** Tables are read rarely on a machine with many sockets: what is in one may be closed since. */
  @Test
  void findsNothingThatOnlyOneReadingHasSeen() {
    untracked(TcpState.CLOSE_WAIT, 1);
    assertThat(watch.findings(tables, registry(), false, START)).isEmpty();
    assertThat(watch.findings(tables, registry(), false, START + 10 * THRESHOLD)).isEmpty();
    assertThat(scan(START + 20 * THRESHOLD)).hasSize(1);
  }

  @Test
  void saysThatItMayHaveGoneUnrecorded() {
    gaps = true;
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START);
    assertThat(scan(START + THRESHOLD))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.ruling().reason()).contains("when no more could be recorded");
              assertThat(finding.ruling().fix()).contains("max-connections");
            });
  }

  @Test
  void findsNothingWithoutTables() {
    assertThat(watch.findings(null, registry(), false, START)).isEmpty();
  }

  /** The channel of one that was accepted a moment ago may not be made yet. */
  @Test
  void givesSocketOfTwoReadingsToCollectedChannel() {
    when(connections.hasLostChannels()).thenReturn(true);
    when(connections.claim(eq(30), eq(8080), eq(50_001), anyLong())).thenReturn(true);
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START);
    verify(connections, never()).claim(anyInt(), anyInt(), anyInt(), anyLong());
    assertThat(scan(START + THRESHOLD)).isEmpty();
    when(connections.hasLostChannels()).thenReturn(false);
    assertThat(scan(START + 2 * THRESHOLD)).isEmpty();
    verify(connections).claim(eq(30), eq(8080), eq(50_001), anyLong());
  }

  @Test
  void findsSocketThatNoCollectedChannelClaims() {
    when(connections.hasLostChannels()).thenReturn(true);
    untracked(TcpState.CLOSE_WAIT, 1);
    scan(START);
    assertThat(scan(START + THRESHOLD)).hasSize(1);
  }

  /** With tables that are read anew. */
  private List<Finding> scan(long now, ListenerSnapshot... listeners) {
    KernelSnapshot reading = mock(KernelSnapshot.class);
    List<UntrackedSocket> sockets = tables.untracked();
    when(reading.untracked()).thenReturn(sockets);
    when(reading.listening(8080)).thenReturn(List.of());
    return watch.findings(reading, registry(listeners), gaps, now);
  }

  private static RegistrySnapshot registry(ListenerSnapshot... listeners) {
    return new RegistrySnapshot(List.of(), List.of(listeners), Set.of(), List.of(), List.of());
  }

  private void untracked(TcpState state, long inode) {
    InetAddress loopback = Objects.requireNonNull(endpoint(1).address());
    KernelSocket row = new KernelSocket(state, loopback, 8080, loopback, 50_001, 1, 0, 0, inode);
    when(tables.untracked()).thenReturn(List.of(new UntrackedSocket(30, inode, state, row)));
    when(tables.listening(8080)).thenReturn(List.of());
  }
}
