package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.endpoint;
import static dev.closewait.diagnosis.Observed.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.connection.Transport;
import dev.closewait.kernel.KernelScan;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ListenerWatchTest {
  private static final long THRESHOLD = 10 * SECOND;
  private static final long START = 1_000 * SECOND;
  private static final long FIRST_READ = START + SECOND;
  private static final ListenerSnapshot WEB = listener(7, 5);
  private static final ListenerSnapshot ADMIN = onPort(WEB, 8, 9090);

  private final KernelScanner kernel = mock(KernelScanner.class);
  private final ApplicationFrames application = ApplicationFrames.of(List.of());
  private final ListenerWatch watch =
      new ListenerWatch(
          THRESHOLD,
          kernel,
          new ListenerRules(application, new ThreadWatch(application)),
          new FindingFactory(new CulpritFinder(application), THRESHOLD));

  @Test
  void doesNotReadTheTablesForListenerThatHasOnlyJustSomethingToAccept() {
    scan(START, Set.of(7L), WEB);
    verify(kernel, never()).waitingInAcceptQueue(any());
  }

  @Test
  void doesNotReadTheTablesForListenerThatAccepts() {
    scan(START, Set.of(7L), WEB);
    scan(START + SECOND, Set.of(7L), listener(7, 6));
    scan(START + 2 * SECOND, Set.of(7L), listener(7, 7));
    verify(kernel, never()).waitingInAcceptQueue(any());
  }

  @Test
  void findsEachConnectionThatWasClosedInTheQueue() {
    rows(row(8080, 50_001), row(8080, 50_002));
    assertThat(standStill(WEB))
        .hasSize(2)
        .extracting(Finding::kind)
        .containsOnly(SocketKind.LISTENER);
  }

  @Test
  void findsNoneBeforeTheThreshold() {
    rows(row(8080, 50_001));
    scan(START, Set.of(7L), WEB);
    scan(FIRST_READ, Set.of(7L), WEB);
    assertThat(scan(FIRST_READ + THRESHOLD - 1, Set.of(7L), WEB)).isEmpty();
    assertThat(scan(FIRST_READ + THRESHOLD, Set.of(7L), WEB)).hasSize(1);
  }

  /** The listening socket may have stood still for hours. */
  @Test
  void countsTheAgeOfConnectionFromWhenItWasFirstSeenClosed() {
    rows();
    scan(START, Set.of(7L), WEB);
    scan(FIRST_READ, Set.of(7L), WEB);
    rows(row(8080, 50_001));
    long closed = FIRST_READ + 100 * THRESHOLD;
    assertThat(scan(closed, Set.of(7L), WEB)).isEmpty();
    assertThat(scan(closed + THRESHOLD, Set.of(7L), WEB))
        .singleElement()
        .extracting(finding -> finding.connection().stuckNanos())
        .isEqualTo(THRESHOLD);
  }

  @Test
  void leavesConnectionThatIsStillOpenAlone() {
    rows(row(8080, 50_001, TcpState.ESTABLISHED));
    assertThat(standStill(WEB)).isEmpty();
  }

  @Test
  void startsAnewWhenSomethingWasAccepted() {
    rows(row(8080, 50_001));
    scan(START, Set.of(7L), WEB);
    scan(FIRST_READ, Set.of(7L), WEB);
    assertThat(scan(FIRST_READ + THRESHOLD, Set.of(7L), listener(7, 6))).isEmpty();
    assertThat(scan(FIRST_READ + THRESHOLD + SECOND, Set.of(7L), listener(7, 6))).isEmpty();
    assertThat(scan(FIRST_READ + 2 * THRESHOLD + SECOND, Set.of(7L), listener(7, 6))).hasSize(1);
  }

  @Test
  void startsAnewWhenTheQueueWasEmpty() {
    rows(row(8080, 50_001));
    scan(START, Set.of(7L), WEB);
    scan(FIRST_READ, Set.of(7L), WEB);
    scan(FIRST_READ + SECOND, Set.of(), WEB);
    scan(FIRST_READ + 2 * SECOND, Set.of(7L), WEB);
    assertThat(scan(FIRST_READ + THRESHOLD, Set.of(7L), WEB)).isEmpty();
  }

  @Test
  void tellsListenersApartByPort() {
    rows(row(8080, 50_001), row(9090, 50_002), row(9090, 50_003));
    assertThat(standStill(WEB, ADMIN))
        .extracting(Finding::origin)
        .containsExactly("127.0.0.1:8080", "127.0.0.1:9090", "127.0.0.1:9090");
  }

  @Test
  void asksOnlyForListenersThatStandStill() {
    rows(row(9090, 50_002));
    scan(START, Set.of(7L, 8L), WEB, ADMIN);
    scan(FIRST_READ, Set.of(7L, 8L), listener(7, 6), ADMIN);
    verify(kernel).waitingInAcceptQueue(Set.of(9090));
  }

  @Test
  void leavesConnectionsToAnotherAddressAlone() throws Exception {
    InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 9});
    rows(new KernelSocket(TcpState.CLOSE_WAIT, other, 8080, other, 50_001, 1, 0, 0, 0));
    assertThat(standStill(WEB)).isEmpty();
  }

  @Test
  void takesConnectionsToEachAddressOfListenerOnAllOfThem() throws Exception {
    rows(row(8080, 50_001));
    assertThat(standStill(onAllAddresses())).hasSize(1);
  }

  @Test
  void countsConnectionOnceWhereTwoListenersMayHaveIt() throws Exception {
    rows(row(8080, 50_001));
    assertThat(standStill(onAllAddresses(), WEB))
        .singleElement()
        .extracting(Finding::origin)
        .isEqualTo("127.0.0.1:8080");
  }

  @Test
  void saysWhatIsMissingWhenTheTablesCannotBeRead() {
    when(kernel.waitingInAcceptQueue(any()))
        .thenReturn(new KernelScan.Unavailable("/proc is not mounted"));
    assertThat(standStill(WEB)).isEmpty();
    assertThat(watch.missingEvidence()).contains("accept queue").contains("/proc is not mounted");
  }

  @Test
  void missesNothingWhileNobodyStandsStill() {
    scan(START, Set.of(), WEB);
    assertThat(watch.missingEvidence()).isNull();
  }

  /** The findings after the listeners have had something to accept for long, and did not. */
  private List<Finding> standStill(ListenerSnapshot... listeners) {
    Set<Long> waiting =
        Arrays.stream(listeners).map(ListenerSnapshot::id).collect(Collectors.toSet());
    scan(START, waiting, listeners);
    scan(FIRST_READ, waiting, listeners);
    return scan(FIRST_READ + THRESHOLD, waiting, listeners);
  }

  private static ListenerSnapshot onAllAddresses() throws UnknownHostException {
    InetAddress wildcard = InetAddress.getByAddress(new byte[4]);
    return bound(WEB, 9, new Endpoint(wildcard, 8080));
  }

  private List<Finding> scan(long now, Set<Long> waiting, ListenerSnapshot... listeners) {
    return watch.findings(
        new RegistrySnapshot(List.of(), List.of(listeners), waiting, List.of(), List.of()), now);
  }

  private void rows(KernelSocket... rows) {
    when(kernel.waitingInAcceptQueue(any())).thenReturn(new KernelScan.Rows(List.of(rows), 0));
  }

  private static KernelSocket row(int localPort, int remotePort) {
    return row(localPort, remotePort, TcpState.CLOSE_WAIT);
  }

  private static KernelSocket row(int localPort, int remotePort, TcpState state) {
    InetAddress loopback = Objects.requireNonNull(endpoint(localPort).address());
    return new KernelSocket(state, loopback, localPort, loopback, remotePort, 1, 0, 0, 0);
  }

  private static ListenerSnapshot onPort(ListenerSnapshot of, long id, int port) {
    return bound(of, id, endpoint(port));
  }

  private static ListenerSnapshot bound(ListenerSnapshot of, long id, Endpoint local) {
    return new ListenerSnapshot(
        id,
        (int) id,
        Transport.SOCKET,
        local,
        of.bound(),
        of.accepted(),
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }
}
