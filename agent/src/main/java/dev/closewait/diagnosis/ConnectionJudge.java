package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.StuckConnection;
import dev.closewait.diagnosis.LeakScanner.Late;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the rules about one connection after the other, with all that is known of it.
 *
 * <p>Confined to the scanner thread. A connection that cannot be judged costs no other its report.
 */
final class ConnectionJudge {
  private final LeakRules rules;
  private final ConnectionRegistry registry;
  private final KernelView kernelView;
  private final KnownCode code;
  private final UserEvidence userEvidence;
  private final Sources sources;
  private final Set<Long> failed = new HashSet<>();
  private @Nullable Throwable firstFailure;

  ConnectionJudge(
      LeakRules rules,
      ConnectionRegistry registry,
      KernelView kernelView,
      KnownCode code,
      Sources sources) {
    this.rules = rules;
    this.registry = registry;
    this.kernelView = kernelView;
    this.code = code;
    this.userEvidence = new UserEvidence(code.application());
    this.sources = sources;
  }

  /** What else a ruling rests on, and where it goes. */
  record Sources(ThreadWatch threads, CpuShortage shortage, FindingFactory findings) {}

  void startScan() {
    failed.clear();
    firstFailure = null;
  }

  /** How many connections of this scan could not be judged and why; null when all could. */
  @Nullable String failures() {
    int count = failed.size();
    return count == 0
        ? null
        : count
            + (count == 1 ? " connection" : " connections")
            + " could not be judged: "
            + firstFailure;
  }

  /** Their ids: nothing is known of them in this scan, and so nothing has changed. */
  Set<Long> failed() {
    return failed;
  }

  /** Null when it is healthy, or when it was closed meanwhile. */
  @Nullable Finding judge(Late late, InvolvedThreads involved, ClientCounts clients, long now) {
    try {
      return judgeOne(late, involved, clients, now);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      failed.add(late.stuck().connection().id());
      firstFailure = firstFailure == null ? e : firstFailure;
      return null;
    }
  }

  private @Nullable Finding judgeOne(
      Late late, InvolvedThreads involved, ClientCounts clients, long now) {
    StuckConnection stuck = late.stuck();
    ConnectionSnapshot connection = stuck.connection();
    KernelSnapshot tables = kernelView.latest();
    KernelSocket row = tables == null ? null : tables.row(KernelView.keyOf(connection));
    ClientUse client = ClientUse.of(connection, code);
    Thread taker = client == null ? null : client.holder();
    TcpState state = stuck.tcpState() < 0 ? null : TcpState.fromCode(stuck.tcpState());
    Suspicion suspicion =
        new Suspicion(
            connection,
            state,
            row == null ? -1 : row.inode(),
            receiveQueue(stuck, row, state),
            now - stuck.sinceNanos(),
            stuck.unreachable(),
            stuck.readsEofAgain(),
            involved.lastUser(connection),
            involved.hasMovedOn(connection),
            involved.servesAnother(connection),
            client,
            taker == null ? null : sources.threads().look(taker),
            clients.alike(connection),
            involved.eventLoop(connection),
            involved.selectorLoop(connection),
            involved.selectorLoopEnd(connection),
            sources.shortage().fact());
    // Its thread may have closed it and gone between the copy of the records and the look at it.
    if (!registry.isOpen(connection)) {
      return null;
    }
    Ruling ruling = stuck.isOpenAtBothEnds() ? rules.judgeOpen(suspicion) : rules.judge(suspicion);
    if (ruling == null) {
      return null;
    }
    LeakedConnection leaked =
        new LeakedConnection(
            connection,
            connection.local(),
            connection.remote(),
            suspicion.state(),
            suspicion.inode(),
            suspicion.receiveQueueBytes(),
            suspicion.stuckNanos());
    Ruling complete = userEvidence.add(ruling, suspicion);
    return sources.findings().ofConnection(complete, leaked, connection, now - late.sinceNanos());
  }

  /**
   * What the descriptor says, else what a row says that was read after the last use and in this
   * state.
   */
  private long receiveQueue(
      StuckConnection stuck, @Nullable KernelSocket row, @Nullable TcpState state) {
    if (row == null || stuck.isOpenAtBothEnds() || stuck.unreadBytes() > 0) {
      return stuck.unreadBytes();
    }
    SocketEvent use = stuck.connection().lastUse();
    boolean fresh = use == null || kernelView.isReadAfter(use.atNanos());
    return fresh && row.state() == state ? row.receiveQueue() : -1;
  }
}
