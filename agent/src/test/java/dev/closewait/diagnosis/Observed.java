package dev.closewait.diagnosis;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.kernel.TcpState;
import dev.closewait.library.ClientLibraries;
import dev.closewait.library.KnownClients;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection as hooks and kernel might have seen it, to be varied by one fact at a time:
 * accepted, read once, its peer has closed, and nothing else.
 */
public final class Observed {
  public static final long SECOND = 1_000_000_000L;
  public static final long OPENED = 1_000 * SECOND;
  public static final List<StackTraceElement> ACCEPT_STACK =
      stack(
          frame("sun.nio.ch.NioSocketImpl", "accept", 700),
          frame("java.net.ServerSocket", "accept", 500),
          frame("com.acme.Server", "listen", 20),
          frame("java.lang.Thread", "run", 840));
  public static final List<StackTraceElement> READ_STACK =
      stack(
          frame("sun.nio.ch.NioSocketImpl", "read", 300),
          frame("com.acme.Orders", "read", 57),
          frame("com.acme.Orders", "handle", 31),
          frame("java.lang.Thread", "run", 840));

  public static final ClientLibraries CLIENTS = KnownClients.read();
  public static final ApplicationFrames APPLICATION = ApplicationFrames.of(List.of());

  private static final SocketEvent BOUND = event(stack(frame("com.acme.Server", "bind", 12)));

  public long id = 1;
  public Direction direction = Direction.ACCEPTED;
  public Transport transport = Transport.SOCKET;
  public Endpoint local = endpoint(8080);
  public Endpoint remote = endpoint(50_001);
  public SocketEvent opened = event(ACCEPT_STACK);
  public @Nullable ListenerSnapshot listener = listener(7, 5);
  public @Nullable SocketEvent lastUse = event(READ_STACK);
  public @Nullable WeakReference<Thread> lastUser;
  public boolean lastUseStackIsOlder;
  public @Nullable ThreadEnd lastUserEnd;
  public int reads = 1;
  public boolean readTried;
  public @Nullable SocketEvent triedRead;
  public @Nullable SocketEvent eof;
  public @Nullable SocketEvent error;
  public @Nullable SocketEvent closeRequest;
  public @Nullable SocketEvent shutdown;
  public boolean inputShutdown;
  public boolean outputShutdown;
  public boolean writtenSinceEof;
  public boolean collected;
  public boolean connectPending;
  public @Nullable Registration registration;
  public List<MethodExit> exits = List.of();
  public @Nullable NettyChannel netty;
  public @Nullable ThreadLook eventLoop;
  public @Nullable TcpState state = TcpState.CLOSE_WAIT;
  public long receiveQueueBytes = 1;
  public long stuckNanos = 10 * SECOND;
  public @Nullable ThreadLook look;
  public boolean movedOn;
  public boolean servesAnother;
  public @Nullable ThreadLook loop;
  public @Nullable ThreadEnd loopEnd;
  public @Nullable String cpuShortage;
  public boolean unreachable;
  public boolean readsEofAgain;
  public List<ClientPart> clientParts = List.of();
  public int clientsAlike;
  public @Nullable ThreadLook taker;

  /** Client connection that Apache HttpClient 5 opened and used. */
  public static Observed pooled() {
    Observed client = new Observed();
    client.direction = Direction.CONNECTED;
    client.listener = null;
    List<StackTraceElement> stack =
        stack(
            frame("org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager", "x", 9),
            frame("com.acme.Prices", "fetch", 44));
    client.opened = event(stack);
    client.lastUse = event(stack);
    return client;
  }

  public Observed readToItsEnd() {
    eof = event(READ_STACK);
    receiveQueueBytes = 0;
    return this;
  }

  public Observed neverRead() {
    lastUse = null;
    reads = 0;
    return this;
  }

  public ConnectionSnapshot connection() {
    return new ConnectionSnapshot(
        id,
        (int) id,
        direction,
        transport,
        local,
        remote,
        opened,
        listener,
        lastUse,
        lastUseStackIsOlder,
        lastUser,
        lastUserEnd,
        reads,
        readTried,
        triedRead,
        0,
        0,
        eof,
        error,
        closeRequest,
        shutdown,
        inputShutdown,
        outputShutdown,
        writtenSinceEof,
        collected,
        connectPending,
        registration,
        clientParts,
        netty,
        exits);
  }

  public Suspicion suspicion() {
    return new Suspicion(
        connection(),
        state,
        99,
        receiveQueueBytes,
        stuckNanos,
        unreachable,
        readsEofAgain,
        look,
        movedOn,
        servesAnother,
        ClientUse.of(connection(), new KnownCode(APPLICATION, CLIENTS, ClassFiles.NONE)),
        taker,
        clientsAlike,
        eventLoop,
        loop,
        loopEnd,
        cpuShortage);
  }

  public LeakedConnection leaked() {
    return new LeakedConnection(
        connection(), local, remote, state, 99, receiveQueueBytes, stuckNanos);
  }

  /** A listening socket that has accepted so many. */
  public static ListenerSnapshot listener(long id, long accepted) {
    return listener(id, accepted, null, null);
  }

  public static ListenerSnapshot listener(
      long id,
      long accepted,
      @Nullable SocketEvent lastAccept,
      @Nullable Registration registration) {
    return new ListenerSnapshot(
        id,
        (int) id,
        registration == null ? Transport.SOCKET : Transport.SOCKET_CHANNEL,
        endpoint(8080),
        BOUND,
        accepted,
        lastAccept,
        null,
        null,
        null,
        registration,
        null,
        false);
  }

  public static SocketEvent event(@Nullable List<StackTraceElement> stack) {
    return new SocketEvent(OPENED, "worker-1", stack, 1, null);
  }

  public static SocketEvent times(int count, List<StackTraceElement> stack) {
    return new SocketEvent(OPENED, "worker-1", stack, count, null);
  }

  public static SocketEvent failure(String detail, @Nullable List<StackTraceElement> stack) {
    return new SocketEvent(OPENED, "worker-1", stack, 1, detail);
  }

  public static StackTraceElement frame(String className, String method, int line) {
    return new StackTraceElement(className, method, "Source.java", line);
  }

  public static List<StackTraceElement> stack(StackTraceElement... innermostFirst) {
    return List.of(innermostFirst);
  }

  public static Endpoint endpoint(int port) {
    try {
      return new Endpoint(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }
}
