package dev.closewait.report;

import dev.closewait.connection.AwaitedObject;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Endpoint;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.ThreadAccount;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import dev.closewait.kernel.TcpState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Made-up diagnoses that need every line of a report: what the sinks warm up with. */
public final class RehearsalDiagnosis {

  private static final String FINGERPRINT = "000000000000";
  private static final long SECOND = 1_000_000_000L;
  private static final long NOW = 1_000 * SECOND;

  private RehearsalDiagnosis() {}

  /** One leak group that has nothing unknown. */
  public static Diagnosis leaking() {
    return diagnosis(NOW, false, List.of(group(2)), List.of());
  }

  /** The same group with more connections, a while later. */
  public static Diagnosis grown() {
    return diagnosis(NOW + 100 * SECOND, false, List.of(group(9)), List.of());
  }

  /** The group again, at exit. */
  public static Diagnosis leakingAtExit() {
    return diagnosis(NOW + 200 * SECOND, true, List.of(group(9)), List.of());
  }

  /** The group resolved, at exit. */
  public static Diagnosis resolvedAtExit() {
    ResolvedGroup resolved =
        new ResolvedGroup(FINGERPRINT, Cause.EOF_READ_NOT_CLOSED, 9, 200 * SECOND);
    return diagnosis(NOW + 200 * SECOND, true, List.of(), List.of(resolved));
  }

  private static Diagnosis diagnosis(
      long nowNanos, boolean last, List<LeakGroup> leaks, List<ResolvedGroup> resolved) {
    List<String> words = List.of("rehearsal");
    return new Diagnosis(
        Instant.EPOCH,
        nowNanos,
        last,
        new ProcessIdentity(1, "Main", "17", "Linux", Instant.EPOCH),
        new AgentIdentity("1", "premain", Instant.EPOCH),
        new AgentHealth(words, words, words, Map.of("read", "rehearsal"), 1, SECOND, 1),
        new Census(Map.of("CLOSE_WAIT", 2), List.of("TIME_WAIT"), 95, 100, 1),
        leaks,
        resolved,
        1,
        1);
  }

  private static LeakGroup group(int count) {
    StackTraceElement culprit = new StackTraceElement("Main", "main", "Main.java", 1);
    return new LeakGroup(
        FINGERPRINT,
        SocketKind.ACCEPTED,
        Verdict.LEAK,
        Cause.EOF_READ_NOT_CLOSED,
        "A rehearsal.",
        culprit,
        "culprit",
        "none is needed",
        count,
        1,
        20 * SECOND,
        1.5,
        true,
        List.of(new Evidence(Evidence.Source.HOOK, "rehearsed", List.of(culprit))),
        locks(culprit),
        List.of(connection(culprit)),
        List.of(connection(culprit)));
  }

  private static LockChain locks(StackTraceElement frame) {
    Awaited awaited = new Awaited("Lock@1", AwaitedObject.Kind.MONITOR, "main", frame);
    ThreadAccount waits =
        new ThreadAccount("main", false, Thread.State.BLOCKED, stack(frame), awaited);
    return new LockChain(List.of(waits, waits), 0);
  }

  private static LeakedConnection connection(StackTraceElement frame) {
    // Without an address: InetAddress must not be initialised before the application sets its
    // properties.
    Endpoint local = new Endpoint(null, 1);
    SocketEvent event = new SocketEvent(NOW - 20 * SECOND, "main", stack(frame), 1, "rehearsal");
    Registration registration = new Registration(true, 1, false);
    MethodExit exit = new MethodExit(frame, NOW - 20 * SECOND, "main", "E", stack(frame), true);
    ConnectionSnapshot snapshot =
        new ConnectionSnapshot(
            2,
            2,
            Direction.ACCEPTED,
            Transport.SOCKET_CHANNEL,
            local,
            local,
            event,
            listener(local, event),
            event,
            true,
            null,
            new ThreadEnd("main", false, "E", stack(frame)),
            1,
            true,
            event,
            1,
            0,
            event,
            event,
            event,
            event,
            true,
            true,
            true,
            false,
            false,
            registration,
            List.of(),
            null,
            List.of(exit));
    return new LeakedConnection(snapshot, local, local, TcpState.CLOSE_WAIT, 1, 1, 20 * SECOND);
  }

  private static ListenerSnapshot listener(Endpoint local, SocketEvent event) {
    return new ListenerSnapshot(
        1,
        1,
        Transport.SOCKET_CHANNEL,
        local,
        event,
        1,
        event,
        null,
        null,
        null,
        null,
        null,
        false);
  }

  private static List<StackTraceElement> stack(StackTraceElement frame) {
    return List.of(
        new StackTraceElement("java.net.Socket", "read", "Socket.java", 1),
        frame,
        new StackTraceElement("org.library.Loop", "run", "Loop.java", 1));
  }
}
