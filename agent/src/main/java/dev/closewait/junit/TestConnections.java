package dev.closewait.junit;

import java.net.CloseWaitControl;
import java.net.CloseWaitRecord;
import java.net.CloseWaitSockets;
import java.net.CloseWaitTable;
import java.util.ArrayList;
import java.util.List;

/** The connections that were opened since a test began. */
final class TestConnections {
  /** include/net/tcp_states.h. */
  private static final int CLOSE = 7;

  private static final int CLOSE_WAIT = 8;

  private final long lastIdBefore;

  TestConnections(long lastIdBefore) {
    this.lastIdBefore = lastIdBefore;
  }

  /** Those whose peer has closed, or that are dead, and whose descriptor is open. */
  List<CloseWaitRecord> leftOpen() {
    List<CloseWaitRecord> left = new ArrayList<>();
    CloseWaitTable table = CloseWaitControl.table();
    for (int descriptor = 0; descriptor < table.limit(); descriptor++) {
      CloseWaitRecord entry = table.get(descriptor);
      if (entry != null && isOfTest(entry) && isLeftOpen(entry, table)) {
        left.add(entry);
      }
    }
    return left;
  }

  private boolean isOfTest(CloseWaitRecord entry) {
    return entry.id() > lastIdBefore && entry.kind() != CloseWaitRecord.LISTENING;
  }

  /** Its close clears the slot first: the same record after the question makes the answer sure. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isLeftOpen(CloseWaitRecord entry, CloseWaitTable table) {
    int state = CloseWaitSockets.tcpState(entry.descriptor());
    boolean ended = state == CLOSE && !entry.isConnectPending();
    return (state == CLOSE_WAIT || ended || entry.eof() != null)
        && table.get(entry.descriptor()) == entry;
  }
}
