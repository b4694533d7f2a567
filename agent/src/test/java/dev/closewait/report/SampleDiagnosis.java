package dev.closewait.report;

import static dev.closewait.report.SampleEvents.NOW;
import static dev.closewait.report.SampleEvents.SECOND;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.neverAccepted;
import static dev.closewait.report.SampleGroups.pooled;
import static dev.closewait.report.SampleGroups.unknown;
import static dev.closewait.report.SampleGroups.unreachable;

import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.diagnosis.ResolvedGroup;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The diagnosis that all report tests share: a shop with every kind of trouble. */
public final class SampleDiagnosis {

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

  private static final Instant GENERATED = Instant.parse("2026-11-20T10:15:30.123Z");

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
}
