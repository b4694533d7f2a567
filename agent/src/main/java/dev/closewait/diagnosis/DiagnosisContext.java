package dev.closewait.diagnosis;

import dev.closewait.connection.HookCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What every diagnosis says beside its findings: the process, the agent, and how well the agent
 * does.
 */
public final class DiagnosisContext {
  private final ProcessIdentity process;
  private final AgentIdentity agent;
  private final Supplier<List<String>> problems;
  private final Supplier<List<String>> sinkFailures;
  private @Nullable String firstHookError;
  private long scans;

  /**
   * @param problems what heads every report, asked at each scan
   * @param sinkFailures reports that could not be written, in words
   */
  public DiagnosisContext(
      ProcessIdentity process,
      AgentIdentity agent,
      Supplier<List<String>> problems,
      Supplier<List<String>> sinkFailures) {
    this.process = process;
    this.agent = agent;
    this.problems = problems;
    this.sinkFailures = sinkFailures;
  }

  /** One scan: when, how long it took, and whether it is the one at exit. */
  record Scan(Instant wallClock, long nowNanos, long durationNanos, boolean last) {}

  /**
   * What bears on the agent's health in one scan.
   *
   * @param missingEvidence what could not be asked, and why
   * @param excluded connections that the user has declared acceptable, in words
   */
  record Vitals(HookCounters counters, List<String> missingEvidence, List<String> excluded) {}

  Diagnosis diagnosis(
      Scan scan,
      Vitals vitals,
      Census census,
      List<LeakGroup> leaks,
      List<ResolvedGroup> resolved) {
    scans++;
    return new Diagnosis(
        scan.wallClock(),
        scan.nowNanos(),
        scan.last(),
        process,
        agent,
        health(scan, vitals),
        census,
        leaks,
        resolved,
        vitals.counters().opened(),
        vitals.counters().closed());
  }

  private AgentHealth health(Scan scan, Vitals vitals) {
    HookCounters counters = vitals.counters();
    List<String> missing = new ArrayList<>(vitals.missingEvidence());
    missing.addAll(sinkFailures.get());
    String field = counters.missingField();
    if (field != null) {
      missing.add("this JDK has no field " + field + ": endpoints are asked from the kernel");
    }
    long tracked = counters.opened() - counters.closed();
    return new AgentHealth(
        problems.get(),
        missing,
        bounds(counters, vitals.excluded()),
        hookErrors(counters),
        scans,
        scan.durationNanos(),
        (int) Math.max(0, Math.min(Integer.MAX_VALUE, tracked)));
  }

  private static List<String> bounds(HookCounters counters, List<String> excluded) {
    List<String> bounds = new ArrayList<>(excluded);
    if (counters.notTracked() > 0) {
      bounds.add(
          counters.notTracked() + " connections were not tracked: max-connections is reached");
    }
    if (counters.stacksRefused()) {
      bounds.add("some stacks were not taken: more connections a second than the budget of stacks");
    }
    if (counters.collectedUnseen() > 0) {
      bounds.add(counters.collectedUnseen() + " more sockets were closed by the garbage collector");
    }
    if (counters.closesNotSeen() > 0) {
      bounds.add(
          counters.closesNotSeen() + " closes were not seen: native code closed the descriptors");
    }
    return bounds;
  }

  private Map<String, String> hookErrors(HookCounters counters) {
    if (firstHookError == null) {
      firstHookError = counters.firstError();
    }
    Map<String, String> errors = new LinkedHashMap<>();
    if (counters.hookErrors() > 0) {
      errors.put(
          counters.hookErrors() + " swallowed", firstHookError == null ? "?" : firstHookError);
    }
    return errors;
  }
}
