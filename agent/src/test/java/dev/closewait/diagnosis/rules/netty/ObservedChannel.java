package dev.closewait.diagnosis.rules.netty;

import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.NettyPooling;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.connection.netty.NettyLoop;
import dev.closewait.connection.netty.NettySending;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.ThreadLook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An accepted Netty channel over NIO as it might answer, to be varied by one fact at a time:
 * registered, read, its peer has closed, and its event loop waits for events.
 */
final class ObservedChannel {
  static final long THRESHOLD = 2 * Observed.SECOND;
  private static final String CHANNEL_READ = "channelRead";
  static final String LOOP = "shop-worker-1";
  static final SocketEvent BIND = event(stack(frame("com.acme.Boot", "start", 70)));

  final Observed connection = new Observed();
  final List<PipelineEntry> pipeline = new ArrayList<>();
  final List<PipelineEntry> serverPipeline = new ArrayList<>();
  boolean registered = true;
  boolean autoRead = true;
  boolean inputShutdown;
  boolean outboundClosed;
  long pendingBytes;
  @Nullable NettySending sending;
  @Nullable NettyLoop loop = loop(LOOP, 0);
  @Nullable SocketEvent closeRequest;
  @Nullable String closeStoppedAt;
  @Nullable SocketEvent pause;
  @Nullable SocketEvent serverError;
  NettyPooling pooling = new NettyPooling(null, null, false);
  boolean asked = true;

  ObservedChannel() {
    String acceptor = "io.netty.bootstrap.ServerBootstrap$ServerBootstrapAcceptor";
    serverPipeline.add(
        new PipelineEntry("limit", "com.acme.Limit", declaredBy("com.acme.Limit", CHANNEL_READ)));
    serverPipeline.add(new PipelineEntry("acceptor", acceptor, declaredBy(acceptor, CHANNEL_READ)));
    connection.transport = Transport.NETTY_NIO;
    connection.registration = new Registration(true, 1, false);
    connection.lastUse = null;
    connection.reads = 0;
    connection.eventLoop =
        new ThreadLook(
            LOOP,
            Thread.State.RUNNABLE,
            stack(
                frame("sun.nio.ch.EPoll", "wait", -2),
                frame("sun.nio.ch.EPollSelectorImpl", "doSelect", 118),
                frame("sun.nio.ch.SelectorImpl", "select", 146),
                frame("io.netty.NioEventLoop", "run", 500)),
            -1,
            0);
  }

  static NettyLoop loop(@Nullable String threadName, long pendingTasks) {
    return new NettyLoop("io.netty.Loop", threadName, null, true, false, false, pendingTasks, 3, 2);
  }

  static NettyLoop ended() {
    return new NettyLoop("io.netty.Loop", null, null, true, true, true, 0, 1, 1);
  }

  ObservedChannel neverRegistered(@Nullable NettyLoop given) {
    registered = false;
    loop = given;
    connection.registration = new Registration(false, 0, false);
    return this;
  }

  ObservedChannel blockedFor(long nanos) {
    connection.eventLoop =
        new ThreadLook(
            LOOP,
            Thread.State.TIMED_WAITING,
            stack(
                frame("java.lang.Thread", "sleep", -2),
                frame("com.acme.Slow", "channelRead", 30),
                frame("io.netty.NioEventLoop", "run", 500)),
            7,
            nanos);
    return this;
  }

  ObservedChannel unread() {
    connection.registration = new Registration(true, 0, false);
    return this;
  }

  ObservedChannel add(String name, String className, String... overrides) {
    pipeline.add(new PipelineEntry(name, className, declaredBy(className, overrides)));
    return this;
  }

  private static Map<String, String> declaredBy(String className, String... methods) {
    Map<String, String> declared = new HashMap<>();
    for (String method : methods) {
      declared.put(method, className);
    }
    return declared;
  }

  Suspicion suspicion() {
    NettyChannel server = channel(BIND, null, serverState(), serverError);
    connection.netty = channel(event(null), server, asked ? state() : null, null);
    return connection.suspicion();
  }

  private NettyChannel channel(
      SocketEvent created,
      @Nullable NettyChannel server,
      @Nullable NettyState state,
      @Nullable SocketEvent tailError) {
    return new NettyChannel(
        created,
        server,
        null,
        closeRequest,
        closeStoppedAt,
        pause,
        autoRead ? 0 : Observed.OPENED,
        tailError,
        pooling,
        state);
  }

  private NettyState state() {
    return new NettyState(
        "io.netty",
        "4.1.136.Final",
        true,
        true,
        registered,
        autoRead,
        inputShutdown,
        false,
        outboundClosed,
        pendingBytes,
        sending,
        pipeline,
        loop);
  }

  private NettyState serverState() {
    return new NettyState(
        "io.netty",
        null,
        true,
        true,
        true,
        true,
        null,
        null,
        false,
        0,
        null,
        serverPipeline,
        loop("boss", 0));
  }
}
