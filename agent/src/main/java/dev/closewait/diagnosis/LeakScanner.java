package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.HookCounters;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.StuckConnection;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One scan: joins what the hooks recorded with what the kernel sees, asks each rule, and returns
 * one immutable diagnosis.
 *
 * <p>Confined to the scanner thread.
 */
public final class LeakScanner {
  /** Keeps a report readable, and a JSON report below some megabytes. */
  private static final int MAX_GROUPS = 500;

  private final ScanSettings settings;
  private final ConnectionRegistry registry;
  private final KernelScanner kernel;
  private final KernelView kernelView;
  private final ThreadWatch threads;
  private final ApplicationFrames application;
  private final CpuShortage shortage;
  private final ConnectionJudge judge;
  private final ListenerWatch listeners;
  private final UntrackedWatch untracked;
  private final FindingFactory findings;
  private final CollectedSockets collected;
  private final LeakGroups groups;
  private final Exclusions exclusions;
  private final DiagnosisContext context;

  /**
   * @param context who is diagnosed, by whom, and how well that one does
   */
  public LeakScanner(
      ScanSettings settings,
      ConnectionRegistry registry,
      KernelScanner kernel,
      KnownCode code,
      DiagnosisContext context) {
    long threshold = settings.thresholdNanos();
    this.application = code.application();
    this.settings = settings;
    this.registry = registry;
    this.kernel = kernel;
    this.kernelView = new KernelView(kernel, registry);
    this.threads = new ThreadWatch(application);
    this.shortage = new CpuShortage(FindingFactory.LEAK_AFTER_THRESHOLDS * threshold);
    this.findings =
        new FindingFactory(new CulpritFinder(application, code.classFiles()), threshold);
    this.judge =
        new ConnectionJudge(
            new LeakRules(application, new MethodStarts(code.classFiles()), threshold),
            registry,
            kernelView,
            code,
            new ConnectionJudge.Sources(threads, shortage, findings));
    this.collected = new CollectedSockets(findings, settings.maxExamples());
    ListenerRules listenerRules = new ListenerRules(application, threads);
    this.listeners = new ListenerWatch(threshold, kernel, listenerRules, findings);
    this.untracked = new UntrackedWatch(threshold, registry, findings);
    this.groups = new LeakGroups(settings.maxExamples());
    this.exclusions = new Exclusions(settings.exclusions());
    this.context = context;
  }

  /**
   * What the scanner is told by the options.
   *
   * @param thresholdNanos a connection stuck for longer is reported
   * @param maxExamples connections described for each group
   * @param exclusions frames that make a finding acceptable
   * @param idleNanos how often the kernel's tables are read while no connection is stuck
   */
  public record ScanSettings(
      long thresholdNanos, int maxExamples, List<ExcusedFrame> exclusions, long idleNanos) {}

  /** A stuck connection, and since when it has also been out of use. */
  record Late(StuckConnection stuck, long sinceNanos) {}

  /**
   * Scans once.
   *
   * @param last true for the scan at exit, which reads the kernel's tables however lately they were
   *     read
   */
  public Diagnosis scan(Instant wallClock, boolean last) {
    long now = System.nanoTime();
    threads.startScan(now);
    judge.startScan();
    try {
      return scan(wallClock, now, last);
    } finally {
      findings.endScan();
      threads.endScan();
    }
  }

  private Diagnosis scan(Instant wallClock, long now, boolean last) {
    RegistrySnapshot snapshot = registry.snapshot(now, this::stateNumber);
    HookCounters counters = registry.counters();
    InvolvedThreads involved = new InvolvedThreads(threads, registry, application);
    lookAtThreads(snapshot.stuck(), involved, now);
    List<Late> late = late(snapshot.stuck(), now);
    List<StuckConnection> examined = new ArrayList<>();
    late.forEach(candidate -> examined.add(candidate.stuck()));
    boolean stuck = !examined.isEmpty() || registry.hasLostChannels() || untracked.hasAny();
    kernelView.refresh(snapshot, examined, last, stuck ? 0 : settings.idleNanos());
    List<Finding> found = new ArrayList<>(listeners.findings(snapshot, now));
    found.addAll(untracked.findings(kernelView.latest(), snapshot, counters.hasGaps(), now));
    ClientCounts clients = new ClientCounts(application);
    snapshot.stuck().forEach(candidate -> clients.add(candidate.connection()));
    for (Late candidate : late) {
      Finding finding = judge.judge(candidate, involved, clients, now);
      if (finding != null) {
        found.add(finding);
      }
    }
    snapshot.collected().forEach(collected::add);
    found.addAll(collected.all());
    found.removeIf(exclusions::excuse);
    Set<Long> kept = inUse(snapshot.stuck(), examined);
    kept.addAll(judge.failed());
    groups.keep(kept);
    List<LeakGroup> leaks = groups.group(found, now);
    List<ResolvedGroup> resolved = groups.resolved(leaks, now);
    int unreported = Math.max(0, leaks.size() - MAX_GROUPS);
    int young = young(snapshot.stuck()) - young(examined) + untracked.young();
    return context.diagnosis(
        new DiagnosisContext.Scan(wallClock, now, System.nanoTime() - now, last),
        new DiagnosisContext.Vitals(counters, missingEvidence(), bounds(unreported)),
        new CensusTaker(snapshot, kernelView.latest()).census(young),
        leaks.subList(0, leaks.size() - unreported),
        resolved);
  }

  private static Set<Long> inUse(List<StuckConnection> stuck, List<StuckConnection> late) {
    Set<Long> ids = new HashSet<>();
    stuck.forEach(one -> ids.add(one.connection().id()));
    late.forEach(one -> ids.remove(one.connection().id()));
    return ids;
  }

  private static int young(List<StuckConnection> connections) {
    int count = 0;
    for (StuckConnection connection : connections) {
      count += connection.isOpenAtBothEnds() ? 0 : 1;
    }
    return count;
  }

  private int stateNumber(int descriptor) {
    TcpState state = kernel.stateOf(descriptor);
    return state == null ? -1 : state.code();
  }

  /**
   * A half-closed connection that is still used is not late yet, nor is one that was closed a
   * moment ago and waits for its selector.
   */
  private List<Late> late(List<StuckConnection> stuck, long now) {
    List<Late> late = new ArrayList<>();
    for (StuckConnection candidate : stuck) {
      long since = candidate.sinceNanos();
      SocketEvent use = candidate.connection().lastUse();
      if (use != null) {
        since = Math.max(since, use.atNanos());
      }
      long written = candidate.connection().lastWriteNanos();
      if (written != 0) {
        since = Math.max(since, written);
      }
      SocketEvent close = candidate.connection().closeRequest();
      if (close != null) {
        since = Math.max(since, close.atNanos());
      }
      if (candidate.unreachable() || now - since >= settings.thresholdNanos()) {
        late.add(new Late(candidate, since));
      }
    }
    return late;
  }

  /**
   * From the second scan on: by the time that the connection is late, it is known who stands still.
   */
  private void lookAtThreads(List<StuckConnection> stuck, InvolvedThreads involved, long now) {
    for (StuckConnection candidate : stuck) {
      if (candidate.sinceNanos() < now) {
        involved.lookAt(candidate.connection());
      }
      involved.lookAtEventLoop(candidate.connection());
    }
    if (!stuck.isEmpty()) {
      shortage.see(kernel.cpuLoad(), threads.isAnyShortOfCpu(), now);
    }
  }

  private List<String> bounds(int unreported) {
    List<String> bounds = new ArrayList<>(exclusions.used());
    if (unreported > 0) {
      bounds.add(unreported + " smaller leaks are not shown");
    }
    if (threads.isExhausted()) {
      bounds.add("not every thread was looked at: more than one scan can afford");
    }
    if (findings.isExhausted()) {
      bounds.add("not the bytecode of every stack was read: more than one scan can afford");
    }
    return bounds;
  }

  private List<String> missingEvidence() {
    List<String> missing = new ArrayList<>();
    KernelSnapshot tables = kernelView.latest();
    if (tables != null) {
      missing.addAll(tables.missing());
    }
    String queues = listeners.missingEvidence();
    if (queues != null) {
      missing.add(queues);
    }
    String unjudged = judge.failures();
    if (unjudged != null) {
      missing.add(unjudged);
    }
    return missing;
  }
}
