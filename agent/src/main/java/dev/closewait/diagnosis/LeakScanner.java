package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.StuckConnection;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.KernelSocket;
import dev.closewait.kernel.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One scan: joins what the hooks recorded with what the kernel sees, asks each rule, and returns
 * one immutable diagnosis.
 *
 * <p>Confined to the scanner thread.
 */
public final class LeakScanner {
  private final long thresholdNanos;
  private final ConnectionRegistry registry;
  private final KernelScanner kernel;
  private final KernelView kernelView;
  private final ThreadWatch threads;
  private final LeakRules rules;
  private final ListenerWatch listeners;
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
      ApplicationFrames application,
      DiagnosisContext context) {
    this.thresholdNanos = settings.thresholdNanos();
    this.registry = registry;
    this.kernel = kernel;
    this.kernelView = new KernelView(kernel, registry);
    this.threads = new ThreadWatch(application);
    this.rules = new LeakRules(application, PooledClients.load(), thresholdNanos);
    this.findings = new FindingFactory(new CulpritFinder(application), thresholdNanos);
    this.collected = new CollectedSockets(findings);
    this.listeners =
        new ListenerWatch(
            thresholdNanos, kernel, new ListenerRules(application, threads), findings);
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
   */
  public record ScanSettings(
      long thresholdNanos, int maxExamples, List<AcceptedFrame> exclusions) {}

  /**
   * Scans once.
   *
   * @param last true for the scan at exit, which reads the kernel's tables however lately they were
   *     read
   */
  public Diagnosis scan(Instant wallClock, boolean last) {
    long now = System.nanoTime();
    threads.startScan(now);
    RegistrySnapshot snapshot = registry.snapshot(now, this::stateNumber);
    List<StuckConnection> overdue = overdue(snapshot.stuck(), now);
    if (!overdue.isEmpty() || last) {
      kernelView.refresh(snapshot, overdue, last);
    }
    List<Finding> found = new ArrayList<>();
    for (StuckConnection stuck : overdue) {
      addUnlessExcluded(judge(stuck, now), found);
    }
    found.addAll(listeners.findings(snapshot, now));
    for (ConnectionSnapshot connection : snapshot.collected()) {
      collected.add(connection, now);
    }
    found.addAll(collected.all());
    threads.endScan();
    List<LeakGroup> leaks = groups.group(found, now);
    List<ResolvedGroup> resolved = groups.resolved(leaks, now);
    int young = snapshot.stuck().size() - overdue.size();
    return context.diagnosis(
        new DiagnosisContext.Scan(wallClock, now, System.nanoTime() - now, last),
        new DiagnosisContext.Vitals(registry.counters(), missingEvidence(), exclusions.used()),
        new CensusTaker(snapshot, kernelView.latest()).census(young),
        leaks,
        resolved);
  }

  private int stateNumber(int descriptor) {
    TcpState state = kernel.stateOf(descriptor);
    return state == null ? -1 : state.code();
  }

  /** A half-closed connection that is still used is not late yet. */
  private List<StuckConnection> overdue(List<StuckConnection> stuck, long now) {
    List<StuckConnection> overdue = new ArrayList<>();
    for (StuckConnection candidate : stuck) {
      long idleSince = candidate.sinceNanos();
      SocketEvent use = candidate.connection().lastUse();
      if (use != null) {
        idleSince = Math.max(idleSince, use.atNanos());
      }
      boolean unreachable = candidate.connection().collected() && candidate.sinceNanos() < now;
      if (unreachable || now - idleSince >= thresholdNanos) {
        overdue.add(candidate);
      }
    }
    return overdue;
  }

  private Finding judge(StuckConnection stuck, long now) {
    ConnectionSnapshot connection = stuck.connection();
    KernelSnapshot tables = kernelView.latest();
    KernelSocket row = tables == null ? null : tables.row(KernelView.keyOf(connection));
    Thread reader = connection.lastReader();
    SocketEvent use = connection.lastUse();
    Suspicion suspicion =
        new Suspicion(
            connection,
            stuck.tcpState() < 0 ? null : TcpState.fromCode(stuck.tcpState()),
            row == null ? -1 : row.inode(),
            row == null ? -1 : row.receiveQueue(),
            now - stuck.sinceNanos(),
            reader == null ? null : threads.look(reader),
            reader != null
                && use != null
                && registry.lastUseBy(reader, connection.id()) > use.atNanos());
    LeakedConnection leaked =
        new LeakedConnection(
            connection,
            connection.local(),
            connection.remote(),
            suspicion.state(),
            suspicion.inode(),
            suspicion.receiveQueueBytes(),
            suspicion.stuckNanos());
    return findings.ofConnection(rules.judge(suspicion), leaked, connection);
  }

  private void addUnlessExcluded(Finding finding, List<Finding> found) {
    if (!exclusions.accept(finding)) {
      found.add(finding);
    }
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
    return missing;
  }
}
