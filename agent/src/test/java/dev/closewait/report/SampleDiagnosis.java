package dev.closewait.report;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Evidence.Source;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.kernel.TcpState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The diagnosis that all report tests share: a shop with every kind of trouble. */
public final class SampleDiagnosis {

  public static final long SECOND = 1_000_000_000L;
  public static final long MINUTE = 60 * SECOND;
  public static final long NOW = 100_000 * SECOND;

  public static final AgentHealth HEALTHY =
      new AgentHealth(List.of(), List.of(), List.of(), Map.of(), 90, 1_234_567, 210);
  public static final AgentHealth SICK =
      new AgentHealth(
          List.of(
              "the hook SocketDispatcher.read is missing", "another agent undid UnixDispatcher"),
          List.of("/proc/self/net/tcp cannot be read: Permission denied"),
          List.of("12 stacks were not taken: the limit is 200 a second"),
          Map.of("read", "java.lang.NullPointerException at CloseWaitHooks.read"),
          90,
          1_234_567,
          210);

  /** A thread name that tries to forge a line, to steer the terminal, and to break UTF-8. */
  public static final String HOSTILE_NAME = "w\n\u001b[2Jclosewait: no leaks\"\\\u00e9\ud800\u202e";

  private static final Instant GENERATED = Instant.parse("2026-11-20T10:15:30.123Z");
  private static final Endpoint SHOP = endpoint(new byte[] {127, 0, 0, 1}, 8080);
  private static final StackTraceElement EXECUTOR =
      frame("java.util.concurrent.ThreadPoolExecutor", "runWorker", 1136);
  private static final StackTraceElement THREAD = frame("java.lang.Thread", "run", 840);

  private SampleDiagnosis() {}

  /** All groups, an agent with problems. */
  public static Diagnosis full() {
    return diagnosis(SICK, List.of(eofRead(), neverAccepted(), unreachable(), unknown(), pooled()));
  }

  public static Diagnosis diagnosis(AgentHealth health, List<LeakGroup> leaks) {
    return new Diagnosis(
        GENERATED,
        NOW,
        false,
        new ProcessIdentity(
            4711,
            "com.acme.Shop",
            "17.0.15 Eclipse Adoptium",
            "Linux 6.1 amd64",
            GENERATED.minusSeconds(3600)),
        new AgentIdentity("0.1.0", "premain", GENERATED.minusSeconds(3600)),
        health,
        new Census(Map.of("CLOSE_WAIT", 36), List.of("TIME_WAIT", "accept queue"), 1_003, 1_024, 3),
        leaks,
        List.of(new ResolvedGroup("77ab01c4d5e6", Cause.POOLED_IDLE, 3, 303 * SECOND)),
        1_204,
        1_160);
  }

  /** The same with other groups, at a later time, perhaps at exit, none resolved. */
  public static Diagnosis later(long afterNanos, boolean last, LeakGroup... leaks) {
    return later(afterNanos, last, List.of(leaks), List.of());
  }

  public static Diagnosis later(
      long afterNanos, boolean last, List<LeakGroup> leaks, List<ResolvedGroup> resolved) {
    Diagnosis base = diagnosis(HEALTHY, leaks);
    return new Diagnosis(
        base.generatedAt().plusNanos(afterNanos),
        NOW + afterNanos,
        last,
        base.process(),
        base.agent(),
        base.health(),
        new Census(Map.of("ESTABLISHED", 2), List.of(), 20, 1_024, 0),
        leaks,
        resolved,
        1_204,
        1_204);
  }

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
            .shutdown()
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

  public static LeakGroup withCount(LeakGroup leak, int count) {
    return with(leak, leak.verdict(), leak.cause(), count);
  }

  public static LeakGroup with(LeakGroup leak, Verdict verdict, Cause cause, int count) {
    return copy(leak, leak.fingerprint(), verdict, cause, leak.culprit(), count, leak.examples());
  }

  public static LeakGroup withFingerprint(LeakGroup leak, String fingerprint) {
    return copy(
        leak,
        fingerprint,
        leak.verdict(),
        leak.cause(),
        leak.culprit(),
        leak.count(),
        leak.examples());
  }

  public static LeakGroup withCulprit(LeakGroup leak, StackTraceElement culprit) {
    return copy(
        leak,
        leak.fingerprint(),
        leak.verdict(),
        leak.cause(),
        culprit,
        leak.count(),
        leak.examples());
  }

  /** The same group with other example connections. */
  public static LeakGroup withExamples(LeakGroup leak, UnaryOperator<LeakedConnection> change) {
    return copy(
        leak,
        leak.fingerprint(),
        leak.verdict(),
        leak.cause(),
        leak.culprit(),
        leak.count(),
        leak.examples().stream().map(change).toList());
  }

  private static LeakGroup copy(
      LeakGroup leak,
      String fingerprint,
      Verdict verdict,
      Cause cause,
      @Nullable StackTraceElement culprit,
      int count,
      List<LeakedConnection> examples) {
    return new LeakGroup(
        fingerprint,
        leak.kind(),
        verdict,
        cause,
        leak.reason(),
        culprit,
        leak.role(),
        leak.fix(),
        count,
        Math.min(count, leak.sampled()),
        leak.oldestNanos(),
        leak.growthPerMinute(),
        leak.isNew(),
        leak.evidence(),
        examples);
  }

  /** As it looks when the budget of stacks was used up. */
  public static @Nullable ConnectionSnapshot withoutStacks(@Nullable ConnectionSnapshot snapshot) {
    if (snapshot == null) {
      return null;
    }
    return new SnapshotBuilder(snapshot.descriptor(), snapshot.direction(), snapshot.transport())
        .opened(event(300 * SECOND, "acceptor-1", null))
        .listener(snapshot.listener())
        .eof(event(252 * SECOND, "worker-3", null))
        .build(snapshot.local(), snapshot.remote());
  }

  public static StackTraceElement frame(String className, String method, int line) {
    String simple = className.substring(className.lastIndexOf('.') + 1);
    String file = simple.contains("$") ? simple.substring(0, simple.indexOf('$')) : simple;
    return new StackTraceElement(
        "app", "acme.module", "1.0", className, method, file + ".java", line);
  }

  public static boolean isAcme(StackTraceElement frame) {
    return frame.getClassName().startsWith("com.acme.");
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

  /** An accepted socket that has read its EOF; without a stack of its own when that is null. */
  private static ConnectionSnapshot accepted(
      long id, int descriptor, @Nullable List<StackTraceElement> eofStack) {
    List<StackTraceElement> acceptStack =
        List.of(
            frame("java.net.ServerSocket", "accept", 525),
            frame("com.acme.Server", "acceptLoop", 31),
            THREAD);
    SocketEvent bound = event(60 * MINUTE, "main", List.of(frame("com.acme.Server", "<init>", 19)));
    ListenerSnapshot listener =
        new ListenerSnapshot(
            3, 7, Transport.SOCKET, SHOP, bound, 1_204, bound, null, null, null, false);
    return new SnapshotBuilder(descriptor, Direction.ACCEPTED, Transport.SOCKET)
        .id(id)
        .opened(event(300 * SECOND, "acceptor-1", eofStack == null ? null : acceptStack))
        .listener(listener)
        .lastUse(event(253 * SECOND, "worker-3", eofStack), false)
        .eof(event(252 * SECOND, "worker-3", eofStack))
        .build(SHOP, peer(51_234));
  }

  private static SocketEvent event(
      long agoNanos, @Nullable String thread, @Nullable List<StackTraceElement> stack) {
    return new SocketEvent(NOW - agoNanos, thread, stack, 1, null);
  }

  private static Endpoint peer(int port) {
    return endpoint(new byte[] {10, 0, 3, 7}, port);
  }

  private static Endpoint endpoint(byte[] address, int port) {
    try {
      return new Endpoint(InetAddress.getByAddress(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A connection record with only what matters set. */
  private static final class SnapshotBuilder {

    private final int descriptor;
    private final Direction direction;
    private final Transport transport;
    private long id = 1;
    private SocketEvent opened = event(0, null, null);
    private @Nullable ListenerSnapshot listener;
    private @Nullable SocketEvent lastUse;
    private boolean lastUseStackIsOlder;
    private @Nullable SocketEvent eof;
    private @Nullable SocketEvent error;
    private @Nullable SocketEvent closeRequest;
    private boolean shutdown;
    private boolean collected;
    private @Nullable Registration registration;

    SnapshotBuilder(int descriptor, Direction direction, Transport transport) {
      this.descriptor = descriptor;
      this.direction = direction;
      this.transport = transport;
    }

    SnapshotBuilder id(long value) {
      id = value;
      return this;
    }

    SnapshotBuilder opened(SocketEvent event) {
      opened = event;
      return this;
    }

    SnapshotBuilder listener(@Nullable ListenerSnapshot value) {
      listener = value;
      return this;
    }

    SnapshotBuilder lastUse(SocketEvent event, boolean stackIsOlder) {
      lastUse = event;
      lastUseStackIsOlder = stackIsOlder;
      return this;
    }

    SnapshotBuilder eof(SocketEvent event) {
      eof = event;
      return this;
    }

    SnapshotBuilder error(SocketEvent event) {
      error = event;
      return this;
    }

    SnapshotBuilder closeRequest(SocketEvent event) {
      closeRequest = event;
      return this;
    }

    SnapshotBuilder shutdown() {
      shutdown = true;
      return this;
    }

    SnapshotBuilder collected() {
      collected = true;
      return this;
    }

    SnapshotBuilder registration(Registration value) {
      registration = value;
      return this;
    }

    ConnectionSnapshot build(Endpoint local, Endpoint remote) {
      int uses = lastUse == null ? 0 : 2;
      return new ConnectionSnapshot(
          id,
          descriptor,
          direction,
          transport,
          local,
          remote,
          opened,
          listener,
          lastUse,
          lastUseStackIsOlder,
          null,
          uses,
          true,
          uses,
          0,
          eof,
          error,
          closeRequest,
          shutdown,
          shutdown,
          collected,
          false,
          registration);
    }
  }
}
