package dev.closewait.it.netty;

import dev.closewait.it.support.MarkedLine;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the agent reports of each mode: the rows of the table in docs/netty.md.
 *
 * <p>The native transports read the end of a connection also while reading is off, so that modes of
 * paused reading end closed there.
 */
public final class NettyLeaks {
  private static final String NONE = null;

  static final List<Row> ROWS =
      List.of(
          row(ReadingNeverBegun.class, "READ_INTEREST_OFF", NONE),
          row(ReadingPausedForEver.class, "READ_INTEREST_OFF", NONE),
          row(OneReadOnly.class, "READ_INTEREST_OFF", NONE),
          row(PausedAndReset.class, "DEAD_NOT_CLOSED", NONE),
          row(ReadSwallowed.class, "READ_INTEREST_OFF", NONE),
          row(HalfClosureIgnored.class, "HALF_CLOSED", "HALF_CLOSED"),
          row(HalfClosurePaused.class, "READ_INTEREST_OFF", "HALF_CLOSED"),
          row(BlockedLoop.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row(NotSharable.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row(DroppedChild.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row(StarvedLoop.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row(CloseSwallowed.class, "CLOSE_INEFFECTIVE", NONE),
          row(Deregistered.class, "READ_INTEREST_OFF", "READ_INTEREST_OFF"),
          row(AcceptorPaused.class, "NEVER_ACCEPTED", "NEVER_ACCEPTED"),
          row(BlockedAcceptor.class, "NEVER_ACCEPTED", "NEVER_ACCEPTED"),
          row(DeadlockedLoops.class, "THREAD_STUCK", "THREAD_STUCK"),
          row(ProxyWithoutBackend.class, "READ_INTEREST_OFF", NONE),
          row(ProxyBackendGone.class, "READ_INTEREST_OFF", NONE),
          row(ProxyHalfClosed.class, "HALF_CLOSED", "HALF_CLOSED"),
          row(AcquiredNeverReleased.class, "CLIENT_NOT_CLOSED", NONE),
          row(IdleInPool.class, "POOLED_IDLE", NONE),
          row(TlsPaused.class, "READ_INTEREST_OFF", NONE),
          row(DeadLoop.class, "UNREAD_DATA", "UNREAD_DATA"),
          row(Http2HalfClosed.class, "HALF_CLOSED", "HALF_CLOSED"),
          row(HalfClosureThenReset.class, "DEAD_NOT_CLOSED", "DEAD_NOT_CLOSED"),
          new Row(StuckWrite.class, NONE, NONE, "CLOSE_INEFFECTIVE"),
          row(HealthyEndings.class, NONE, NONE));

  private NettyLeaks() {}

  /** Over NIO; the modes that leak. */
  public static Map<String, String> causes() {
    return ROWS.stream()
        .filter(row -> row.nio() != null)
        .collect(Collectors.toMap(Row::name, Row::nio));
  }

  private static Row row(
      Class<? extends NettyMode> mode, @Nullable String nio, @Nullable String nativeTransports) {
    return new Row(mode, nio, nativeTransports, nativeTransports);
  }

  /**
   * One mode.
   *
   * @param nio the cause over NIO; null where Netty closes the connection
   */
  record Row(
      Class<? extends NettyMode> mode,
      @Nullable String nio,
      @Nullable String epoll,
      @Nullable String uring) {

    String name() {
      return mode.getSimpleName();
    }

    @Nullable String cause(NettyRun run) {
      return switch (run.transport()) {
        case NIO -> nio;
        case EPOLL -> epoll;
        case IO_URING -> uring;
      };
    }

    /**
     * Over NIO the last use is known, and what it says goes before the place of the set-up. A
     * handler that swallows a request is on no stack: its method is named without a line.
     */
    String culprit(NettyRun run) {
      if (mode == ReadSwallowed.class) {
        return MarkedLine.of(mode.getName()).frame().replaceFirst(":[0-9]+\\)$", ")");
      }
      boolean lastUse = mode == HalfClosureThenReset.class && run.transport() == NettyTransport.NIO;
      return lastUse
          ? MarkedLine.withMark(mode.getName(), "// LEAK over NIO").frame()
          : MarkedLine.of(mode.getName()).frame();
    }
  }
}
