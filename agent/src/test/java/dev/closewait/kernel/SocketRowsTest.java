package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketRowsTest {

  private static final InetAddress HERE = address("10.0.0.1");
  private static final InetAddress HERE_TOO = address("10.0.0.2");
  private static final InetAddress PEER = address("10.0.0.7");
  private static final InetAddress OTHER_PEER = address("10.0.0.8");

  private static final KernelSocket ROW = row(HERE, PEER, 11);

  @Test
  void fitEndpointsOfWhichTheLocalAddressIsNotKnown() {
    assertThat(rows(ROW).fitting(key(null, PEER))).isEqualTo(ROW);
  }

  @Test
  void fitEndpointsThatWereBoundToAllAddresses() {
    assertThat(rows(ROW).fitting(key(address("0.0.0.0"), PEER))).isEqualTo(ROW);
    assertThat(rows(ROW).fitting(key(address("::"), PEER))).isEqualTo(ROW);
  }

  @Test
  void doNotFitOtherAddressesWithTheSamePorts() {
    assertThat(rows(ROW).fitting(key(HERE, OTHER_PEER))).isNull();
    assertThat(rows(ROW).fitting(key(HERE_TOO, PEER))).isNull();
  }

  @Test
  void doNotFitWhenTwoRowsMightBeMeant() {
    SocketRows rows = rows(ROW, row(HERE_TOO, PEER, 12));

    assertThat(rows.fitting(key(null, PEER))).isNull();
    assertThat(rows.fitting(key(HERE, PEER))).isEqualTo(ROW);
  }

  @Test
  void doNotFitWithoutBothPorts() {
    assertThat(rows(ROW).fitting(new ConnectionKey(-1, HERE, 80, PEER, 0))).isNull();
  }

  @Test
  void areNoneWhenTheTablesCouldNotBeRead() {
    SocketRows none = new SocketRows(new KernelScan.Unavailable("Permission denied"));

    assertThat(none.withInode(11)).isNull();
    assertThat(none.fitting(key(HERE, PEER))).isNull();
    assertThat(none.waitingInAcceptQueue(null, 80)).isEmpty();
  }

  private static SocketRows rows(KernelSocket... rows) {
    return new SocketRows(new KernelScan.Rows(List.of(rows), 0));
  }

  private static KernelSocket row(InetAddress local, InetAddress remote, long inode) {
    return new KernelSocket(TcpState.CLOSE_WAIT, local, 80, remote, 50_000, 1, 0, 1000, inode);
  }

  private static ConnectionKey key(@Nullable InetAddress local, InetAddress remote) {
    return new ConnectionKey(-1, local, 80, remote, 50_000);
  }
}
