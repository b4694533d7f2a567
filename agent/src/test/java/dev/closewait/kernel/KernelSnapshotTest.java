package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Asks about a process that owns the server's end of the captured scenes (ORIGIN.md). */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no symbolic links without a privilege")
class KernelSnapshotTest {

  private static final int UNIX_SOCKET = 30;
  private static final int DEAD = 31;

  /** The first scene's server, n of the client's port as the descriptor; and three others. */
  private static final Map<Integer, String> LINKS =
      Map.of(
          1,
          "socket:[12933]",
          2,
          "socket:[12935]",
          3,
          "socket:[12937]",
          4,
          "socket:[12939]",
          10,
          "socket:[12931]",
          20,
          "anon_inode:[eventpoll]",
          UNIX_SOCKET,
          "socket:[55]",
          DEAD,
          "socket:[66]");

  private static final Map<Integer, TcpState> TRACKED =
      Map.of(
          1, TcpState.ESTABLISHED,
          2, TcpState.CLOSE_WAIT,
          3, TcpState.CLOSE_WAIT,
          10, TcpState.LISTEN);

  @TempDir private Path directory;
  private File process;

  @BeforeEach
  void layOutTheProcess() throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "captured on a little-endian machine");
    process = CapturedTables.process(directory, LINKS);
  }

  @Test
  void findsTheReceiveQueueByTheInodeOfTheDescriptor() throws IOException {
    KernelSnapshot snapshot = snapshot(TRACKED, List.of(key(2, 40002), key(3, 40003)));

    assertThat(snapshot.receiveQueue(key(2, 40002))).hasValue(1);
    assertThat(snapshot.receiveQueue(key(3, 40003))).hasValue(6);
    assertThat(snapshot.inode(3)).hasValue(12937);
  }

  @Test
  void findsARowByEndpointsWhereTheDescriptorCanNotBeLookedAt() throws IOException {
    ConnectionKey key = key(99, 40003);

    assertThat(snapshot(TRACKED, List.of(key)).receiveQueue(key)).hasValue(6);
    assertThat(snapshot(TRACKED, List.of(key)).inode(99)).isEmpty();
  }

  @Test
  void findsAMappedRowByTheIpv4AddressesThatJavaShows() throws IOException {
    ConnectionKey key = new ConnectionKey(-1, null, 9090, address("127.0.0.1"), 41003);

    assertThat(snapshot(Map.of(), List.of(key)).receiveQueue(key)).hasValue(6);
  }

  @Test
  void findsNoRowForADescriptorThatNowBelongsToAnotherConnection() throws IOException {
    ConnectionKey stale = key(2, 40003);

    assertThat(snapshot(TRACKED, List.of(stale)).row(stale)).isNull();
  }

  @Test
  void findsNoRowForAConnectionThatHasEnded() throws IOException {
    ConnectionKey dead = key(DEAD, 50000);

    assertThat(snapshot(TRACKED, List.of(dead)).row(dead)).isNull();
    assertThat(snapshot(TRACKED, List.of(dead)).receiveQueue(dead)).isEmpty();
  }

  @Test
  void doesNotTakeAConnectionThatNobodyAcceptedForOneThatHasADescriptor() throws IOException {
    ConnectionKey accepted = key(98, 40007);

    assertThat(snapshot(TRACKED, List.of(accepted)).row(accepted)).isNull();
  }

  @Test
  void showsWhatWaitsInTheAcceptQueue() throws IOException {
    KernelSnapshot snapshot = snapshot(TRACKED, List.of());

    assertThat(snapshot.waitingInAcceptQueue(address("127.0.0.1"), 8080))
        .extracting(KernelSocket::remotePort)
        .containsExactlyInAnyOrder(40006, 40007, 40008);
    assertThat(snapshot.waitingInAcceptQueue(null, 8080)).hasSize(3);
    assertThat(snapshot.waitingInAcceptQueue(address("127.0.0.2"), 8080)).isEmpty();
    assertThat(snapshot.waitingInAcceptQueue(address("127.0.0.1"), 9090)).isEmpty();
  }

  @Test
  void leavesToTheListenerOfOneAddressWhatTheListenerOfAllAddressesDoesNotGet() throws IOException {
    assertThat(snapshot(TRACKED, List.of()).waitingInAcceptQueue(address("0.0.0.0"), 8080))
        .isEmpty();
    assertThat(snapshot(List.of(), Set.of(9090)).waitingInAcceptQueue(address("::"), 9090))
        .hasSize(3);
  }

  @Test
  void showsTheListeningSocketsOfAPort() throws IOException {
    assertThat(snapshot(TRACKED, List.of()).listening(8080))
        .extracting(KernelSocket::inode, KernelSocket::receiveQueue)
        .containsExactly(tuple(12931L, 3L));
  }

  @Test
  void showsTcpSocketsThatNoRecordExplains() throws IOException {
    assertThat(snapshot(TRACKED, List.of()).untracked())
        .satisfiesExactlyInAnyOrder(
            open -> {
              assertThat(open.descriptor()).isEqualTo(4);
              assertThat(open.state()).isEqualTo(TcpState.CLOSE_WAIT);
              assertThat(open.row()).isNotNull();
            },
            dead ->
                assertThat(dead).isEqualTo(new UntrackedSocket(DEAD, 66, TcpState.CLOSE, null)));
  }

  @Test
  void countsOwnedSocketsAndThoseOfItsPorts() throws IOException {
    Census census = snapshot(TRACKED, List.of()).census();

    assertThat(census.owned())
        .containsExactly(
            Map.entry(TcpState.ESTABLISHED, 1),
            Map.entry(TcpState.CLOSE, 1),
            Map.entry(TcpState.CLOSE_WAIT, 3),
            Map.entry(TcpState.LISTEN, 1));
    assertThat(census.byLocalPort())
        .containsExactly(
            Map.entry(TcpState.ESTABLISHED, 1),
            Map.entry(TcpState.TIME_WAIT, 1),
            Map.entry(TcpState.CLOSE_WAIT, 2));
    assertThat(census.counts())
        .containsExactly(
            Map.entry(TcpState.ESTABLISHED, 2),
            Map.entry(TcpState.TIME_WAIT, 1),
            Map.entry(TcpState.CLOSE, 1),
            Map.entry(TcpState.CLOSE_WAIT, 5),
            Map.entry(TcpState.LISTEN, 1));
  }

  @Test
  void countsTheSameWhetherItFindsASocketItselfOrIsToldOfIt() throws IOException {
    assertThat(snapshot(Map.of(), List.of()).census())
        .isEqualTo(snapshot(TRACKED, List.of()).census());
  }

  @Test
  void hasNothingMissingWhenAllCouldBeAsked() throws IOException {
    KernelSnapshot snapshot = snapshot(TRACKED, List.of());

    assertThat(snapshot.missing()).isEmpty();
    assertThat(snapshot.descriptors().open()).hasValue(7);
    assertThat(snapshot.descriptors().limit()).hasValue(20_000);
  }

  @Test
  void countsFromTheDescriptorsAloneWhenThereAreNoTables() throws IOException {
    Files.delete(directory.resolve("net/tcp"));
    KernelSnapshot snapshot = snapshot(TRACKED, List.of());

    assertThat(snapshot.missing())
        .singleElement()
        .asString()
        .startsWith("the kernel's socket tables can not be read: ");
    assertThat(snapshot.census().owned()).containsEntry(TcpState.CLOSE_WAIT, 2);
    assertThat(snapshot.untracked()).extracting(UntrackedSocket::descriptor).containsExactly(DEAD);
  }

  @Test
  void saysHowManyRowsItDidNotUnderstand() throws IOException {
    Files.writeString(directory.resolve("net/tcp"), "garbage\n");

    assertThat(snapshot(TRACKED, List.of()).missing())
        .containsExactly("1 rows of the kernel's socket tables not understood");
  }

  @Test
  void worksWithNothingToAskOnAnotherSystem() throws IOException {
    File nothing = directory.resolve("absent").toFile();
    try (KernelScanner scanner = KernelScanner.open(nothing, descriptor -> null)) {
      KernelSnapshot snapshot = scanner.snapshot(request(TRACKED, List.of(key(2, 40002))));

      assertThat(snapshot.row(key(2, 40002))).isNull();
      assertThat(snapshot.census().counts()).containsEntry(TcpState.CLOSE_WAIT, 2);
      assertThat(snapshot.missing()).hasSize(3);
      assertThat(scanner.closeWaitRows()).isInstanceOf(KernelScan.Unavailable.class);
    }
  }

  @Test
  void warmsUpWhetherThereIsSomethingToReadOrNot() throws IOException {
    File nothing = directory.resolve("absent").toFile();
    try (KernelScanner scanner = scanner();
        KernelScanner blind = KernelScanner.open(nothing, descriptor -> null)) {
      scanner.warmUp();
      blind.warmUp();
      assertThat(remotePorts(scanner.closeWaitRows())).hasSize(15);
    }
  }

  @Test
  void readsSingleQuestionsWithoutASnapshot() throws IOException {
    try (KernelScanner scanner = scanner()) {
      assertThat(remotePorts(scanner.waitingInAcceptQueue(Set.of(8080, 7070))))
          .containsExactlyInAnyOrder(40006, 40007, 40008, 42006, 42007, 42008);
      assertThat(scanner.stateOf(DEAD)).isEqualTo(TcpState.CLOSE);
      assertThat(scanner.descriptors().open()).hasValue(7);
    }
  }

  private static List<Integer> remotePorts(KernelScan scan) {
    return ((KernelScan.Rows) scan).sockets().stream().map(KernelSocket::remotePort).toList();
  }

  private KernelSnapshot snapshot(Map<Integer, TcpState> tracked, List<ConnectionKey> examined)
      throws IOException {
    try (KernelScanner scanner = scanner()) {
      return scanner.snapshot(request(tracked, examined));
    }
  }

  private KernelSnapshot snapshot(List<ConnectionKey> examined, Set<Integer> ports)
      throws IOException {
    try (KernelScanner scanner = scanner()) {
      return scanner.snapshot(new SnapshotRequest(Map.of(), examined, ports));
    }
  }

  private KernelScanner scanner() {
    return KernelScanner.open(process, KernelSnapshotTest::stateOf);
  }

  private static SnapshotRequest request(
      Map<Integer, TcpState> tracked, List<ConnectionKey> examined) {
    return new SnapshotRequest(tracked, examined, Set.of(8080));
  }

  private static ConnectionKey key(int descriptor, int remotePort) {
    return new ConnectionKey(
        descriptor, address("127.0.0.1"), 8080, address("127.0.0.1"), remotePort);
  }

  private static @Nullable TcpState stateOf(int descriptor) {
    return descriptor == DEAD ? TcpState.CLOSE : null;
  }
}
