package dev.closewait.report;

import static dev.closewait.report.SampleConnections.SHOP;
import static dev.closewait.report.SampleConnections.accepted;
import static dev.closewait.report.SampleConnections.endpoint;
import static dev.closewait.report.SampleConnections.peer;
import static dev.closewait.report.SampleEvents.EXECUTOR;
import static dev.closewait.report.SampleEvents.HOSTILE_NAME;
import static dev.closewait.report.SampleEvents.MINUTE;
import static dev.closewait.report.SampleEvents.NOW;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleEvents.THREAD;
import static dev.closewait.report.SampleEvents.event;
import static dev.closewait.report.SampleEvents.frame;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Evidence.Source;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of the sample diagnosis, one of each kind of trouble. */
public final class SampleGroups {

  private SampleGroups() {}

  public static LeakGroup eofRead() {
    StackTraceElement culprit = frame("com.acme.OrderHandler", "handle", 57);
    List<StackTraceElement> eofStack =
        List.of(
            frame("sun.nio.ch.NioSocketImpl", "read", 346),
            frame("java.net.Socket$SocketInputStream", "read", 1099),
            frame("com.acme.Frames", "next", 88),
            culprit,
            frame("com.acme.Server", "lambda$acceptLoop$0", 34),
            EXECUTOR,
            frame("java.util.concurrent.ThreadPoolExecutor$Worker", "run", 635),
            THREAD);
    return new LeakGroup(
        "9f31c2aabbcc",
        SocketKind.ACCEPTED,
        Verdict.LEAK,
        Cause.EOF_READ_NOT_CLOSED,
        "OrderHandler.handle read the end of the stream and left without closing the socket.",
        culprit,
        "culprit",
        "use try-with-resources around lines 41-63: when line 57 throws, close() at line 63 is"
            + " skipped",
        8,
        8,
        252 * SECOND,
        1.2,
        true,
        List.of(
            new Evidence(Source.HOOK, "read returned -1; no close since", eofStack),
            Evidence.of(
                Source.THREAD, "worker-3 has left OrderHandler.handle and waits in its pool"),
            Evidence.of(Source.BYTECODE, "close() at line 63 is not reached when line 57 throws"),
            Evidence.of(Source.KERNEL, "CLOSE_WAIT, receive queue 0")),
        List.of(
            connection(
                accepted(17, 42, eofStack), SHOP, peer(51_234), TcpState.CLOSE_WAIT, 123_456, 0),
            connection(
                accepted(18, 43, null), SHOP, peer(51_235), TcpState.CLOSE_WAIT, 123_457, 0)));
  }

  public static LeakGroup neverAccepted() {
    StackTraceElement culprit = frame("com.acme.Admin", "acceptLoop", 44);
    Endpoint local = endpoint(new byte[] {10, 0, 0, 9}, 9090);
    return new LeakGroup(
        "51d0aa112233",
        SocketKind.LISTENER,
        Verdict.LEAK,
        Cause.NEVER_ACCEPTED,
        "The thread that accepts, http-acceptor, has been waiting for a lock for 2 min 4 s.",
        culprit,
        "culprit",
        "do not take a lock between two calls of accept()",
        23,
        0,
        120 * SECOND,
        0,
        true,
        List.of(
            new Evidence(
                Source.THREAD,
                "http-acceptor waits for java.util.HashMap@3f1c, held by worker-7",
                List.of(culprit, THREAD)),
            new Evidence(
                Source.HOOK,
                "bound here",
                List.of(
                    frame("java.net.ServerSocket", "bind", 393),
                    frame("com.acme.Admin", "<init>", 19))),
            Evidence.of(Source.KERNEL, "23 connections in CLOSE_WAIT that no descriptor owns")),
        List.of(
            connection(null, local, peer(40_001), TcpState.CLOSE_WAIT, 0, 1),
            connection(null, local, peer(40_002), TcpState.CLOSE_WAIT, 0, 7)));
  }

  public static LeakGroup unreachable() {
    StackTraceElement culprit = frame("com.acme.Probe", "ping", 12);
    ConnectionSnapshot snapshot =
        new SnapshotBuilder(30, Direction.CONNECTED, Transport.SOCKET_CHANNEL)
            .opened(event(70 * MINUTE, "probe-1", List.of(culprit, THREAD)))
            .collected()
            .build(SHOP, Endpoint.UNKNOWN);
    return new LeakGroup(
        "0c11990c1199",
        SocketKind.COLLECTED,
        Verdict.LEAK,
        Cause.UNREACHABLE,
        "The channel was garbage-collected without close.",
        culprit,
        "connected",
        "close the channel that Probe.ping opens",
        1,
        1,
        65 * MINUTE,
        0,
        true,
        List.of(Evidence.of(Source.GC, "the channel is gone, its descriptor 30 is open")),
        List.of(connection(snapshot, Endpoint.UNKNOWN, Endpoint.UNKNOWN, TcpState.CLOSE, 777, -1)));
  }

  public static LeakGroup unknown() {
    List<StackTraceElement> library =
        List.of(
            frame("sun.nio.ch.SocketChannelImpl", "read", 411),
            frame("org.library.io.Selector", "poll", 9),
            frame("org.library.io.Loop", "run", 22),
            THREAD);
    ConnectionSnapshot snapshot =
        new SnapshotBuilder(51, Direction.UNKNOWN, Transport.SOCKET_CHANNEL)
            .opened(event(MINUTE, null, null))
            .lastUse(event(50 * SECOND, HOSTILE_NAME, library), true)
            .error(
                new SocketEvent(
                    NOW - 45 * SECOND,
                    HOSTILE_NAME,
                    library,
                    3,
                    "java.io.IOException: Connection reset\u0007"))
            .closeRequest(
                event(40 * SECOND, "closer", List.of(frame("org.library.io.\u00c4", "close", 5))))
            .shutdown(event(42 * SECOND, "closer", null))
            .registration(new Registration(true, 5, false))
            .build(SHOP, peer(40_003));
    return new LeakGroup(
        "abcdef012345",
        SocketKind.CONNECTED,
        Verdict.SUSPECT,
        Cause.UNKNOWN,
        "In CLOSE_WAIT, and no rule explains it.",
        null,
        "culprit",
        "look at the stacks below",
        2_000,
        3,
        41 * SECOND,
        90.04,
        true,
        List.of(Evidence.of(Source.KERNEL, "CLOSE_WAIT, receive queue 4,096")),
        List.of(connection(snapshot, SHOP, peer(40_003), TcpState.CLOSE_WAIT, 778, 4_096)));
  }

  public static LeakGroup pooled() {
    StackTraceElement culprit = frame("com.acme.PriceClient", "fetch", 22);
    List<StackTraceElement> use =
        List.of(
            frame("java.net.Socket$SocketInputStream", "read", 1099),
            frame("org.apache.hc.core5.http.impl.io.SessionInputBufferImpl", "fillBuffer", 149),
            frame("org.apache.hc.client5.http.impl.classic.CloseableHttpClient", "execute", 245),
            culprit,
            THREAD);
    ConnectionSnapshot snapshot =
        new SnapshotBuilder(60, Direction.CONNECTED, Transport.SOCKET)
            .opened(event(90 * SECOND, "pricer", use))
            .lastUse(event(71 * SECOND, "pricer", use), false)
            .build(SHOP, peer(443));
    return new LeakGroup(
        "77ab01ffeedd",
        SocketKind.CONNECTED,
        Verdict.SUSPECT,
        Cause.POOLED_IDLE,
        "The server api.acme.com:443 hung up; Apache HttpClient 5 keeps the connections in its pool"
            + " until it wants to use them.",
        culprit,
        "last used",
        "evictIdleConnections(...) below the server's keep-alive timeout, or setTimeToLive",
        3,
        3,
        41 * SECOND,
        0,
        true,
        List.of(),
        List.of(connection(snapshot, SHOP, peer(443), TcpState.CLOSE_WAIT, 779, 1)));
  }

  private static LeakedConnection connection(
      @Nullable ConnectionSnapshot snapshot,
      Endpoint local,
      Endpoint remote,
      TcpState state,
      long inode,
      long receiveQueueBytes) {
    return new LeakedConnection(
        snapshot, local, remote, state, inode, receiveQueueBytes, 41 * SECOND);
  }
}
