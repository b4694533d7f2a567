package dev.closewait.diagnosis;

import java.time.Instant;
import java.util.List;

/**
 * Everything one scan found out: what each report sink is handed.
 *
 * @param generatedAt wall clock of the scan
 * @param nowNanos the same moment on the clock of {@link System#nanoTime()}
 * @param last true for the one at exit
 * @param leaks LEAK before SUSPECT, then the largest group first
 * @param resolved groups that were reported before and closed since the last diagnosis
 * @param opened connections opened since the agent started
 * @param closed connections closed since the agent started
 */
public record Diagnosis(
    Instant generatedAt,
    long nowNanos,
    boolean last,
    ProcessIdentity process,
    AgentIdentity agent,
    AgentHealth health,
    Census census,
    List<LeakGroup> leaks,
    List<ResolvedGroup> resolved,
    long opened,
    long closed) {

  /** Wall clock of a moment on the clock of {@link System#nanoTime()}. */
  public Instant wallClock(long nanos) {
    return generatedAt.minusNanos(nowNanos - nanos);
  }

  Diagnosis withLeaks(List<LeakGroup> others) {
    return new Diagnosis(
        generatedAt,
        nowNanos,
        last,
        process,
        agent,
        health,
        census,
        others,
        resolved,
        opened,
        closed);
  }
}
