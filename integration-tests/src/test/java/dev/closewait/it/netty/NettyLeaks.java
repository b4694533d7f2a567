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

  /** Netty closes, or not, by the moment at which things happen: not tested. */
  static final String VARIES = "varies";

  static final List<Row> ROWS =
      List.of(
          row("a1, a2, a3", ReadingNeverBegun.class, "READ_INTEREST_OFF", NONE),
          row("a4", ReadingPausedForEver.class, "READ_INTEREST_OFF", NONE),
          row("a5", OneReadOnly.class, "READ_INTEREST_OFF", NONE),
          row("a6", PausedAndReset.class, "DEAD_NOT_CLOSED", NONE),
          row("a7", ReadSwallowed.class, "READ_INTEREST_OFF", NONE),
          row("b1, b2", HalfClosureIgnored.class, "HALF_CLOSED", "HALF_CLOSED"),
          row("b2'", HalfClosureThenReset.class, "DEAD_NOT_CLOSED", "DEAD_NOT_CLOSED"),
          row("b3", HalfClosurePaused.class, "READ_INTEREST_OFF", "HALF_CLOSED"),
          row("c1, d1", BlockedLoop.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row("c2", NotSharable.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row("c3", DroppedChild.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row("c5", StarvedLoop.class, "ACCEPTED_NEVER_READ", "ACCEPTED_NEVER_READ"),
          row("c8", DeadLoop.class, "UNREAD_DATA", "UNREAD_DATA"),
          row("d2", DeadlockedLoops.class, "THREAD_STUCK", "THREAD_STUCK"),
          row("e4", CloseSwallowed.class, "CLOSE_INEFFECTIVE", NONE),
          row("f1", ProxyWithoutBackend.class, "READ_INTEREST_OFF", NONE),
          row("f2", ProxyBackendGone.class, "READ_INTEREST_OFF", NONE),
          row("f3", ProxyHalfClosed.class, "HALF_CLOSED", "HALF_CLOSED"),
          row("g1", SlotNeverReleased.class, NONE, NONE),
          row("g2", AcquiredNeverReleased.class, "CLIENT_NOT_CLOSED", NONE),
          row("g3", IdleInPool.class, "POOLED_IDLE", NONE),
          row("h0, h1", TlsEndings.class, NONE, NONE),
          row("h2", TlsPaused.class, "READ_INTEREST_OFF", NONE),
          new Row("h3", StuckTlsWrite.class, NONE, NONE, "CLOSE_INEFFECTIVE"),
          row("i1", BlockedAcceptor.class, "NEVER_ACCEPTED", "NEVER_ACCEPTED"),
          row("i2", AcceptorPaused.class, "NEVER_ACCEPTED", "NEVER_ACCEPTED"),
          row("j1, j2", Http2Endings.class, NONE, NONE),
          row("j3", Http2HalfClosed.class, "HALF_CLOSED", "HALF_CLOSED"),
          new Row("l4", StuckWrite.class, NONE, NONE, "CLOSE_INEFFECTIVE"),
          row("m1", Deregistered.class, "READ_INTEREST_OFF", "READ_INTEREST_OFF"),
          row("n1", NeverConnected.class, NONE, NONE),
          row(
              "control, a8, a9, c4, c6, c6b, c7, c9, e1, e2, e3, e5",
              HealthyEndings.class,
              NONE,
              NONE),
          // The last: it holds a thread that all of Netty shares.
          new Row("l1", Lingering.class, "CLOSE_INEFFECTIVE", "CLOSE_INEFFECTIVE", VARIES));

  /** Those that need a JVM of their own; see {@link NettyAloneIT}. */
  static final List<Row> ALONE =
      List.of(
          row("c3", CollectedChild.class, "UNREACHABLE", "UNREACHABLE"),
          row("i3, i3b", AcceptorExhausted.class, "NEVER_ACCEPTED", "NEVER_ACCEPTED"));

  private NettyLeaks() {}

  /** Over NIO; the modes that leak. */
  public static Map<String, String> causes() {
    return ROWS.stream()
        .filter(row -> row.nio() != null)
        .collect(Collectors.toMap(Row::name, Row::nio));
  }

  private static Row row(
      String ids, Class<?> mode, @Nullable String nio, @Nullable String nativeTransports) {
    return new Row(ids, mode, nio, nativeTransports, nativeTransports);
  }

  /**
   * One mode.
   *
   * @param ids of the modes of facts/netty.md, section 5, that it plays
   * @param nio the cause over NIO; null where Netty closes the connection
   */
  record Row(
      String ids,
      Class<?> mode,
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

    /** Over NIO the last use is known, and what it says goes before the place of the set-up. */
    String culprit(NettyRun run) {
      String source = mode.getName();
      if (mode == HalfClosureThenReset.class && run.transport() == NettyTransport.NIO) {
        return MarkedLine.withMark(source, "// LEAK over NIO").frame();
      }
      return MarkedLine.of(source).frame();
    }
  }
}
