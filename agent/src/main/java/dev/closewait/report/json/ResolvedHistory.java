package dev.closewait.report.json;

import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ResolvedGroup;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups resolved since the start.
 *
 * <p>A diagnosis has only those of its own scan, but each JSON report replaces the one before it,
 * and the last one must still show them. Used by the scanner thread only.
 */
final class ResolvedHistory {

  static final int MAX_GROUPS = 100;

  private final Map<String, ResolvedGroup> byFingerprint = new LinkedHashMap<>();
  private int dropped;

  /** Adds what this diagnosis resolved and returns the diagnosis with all of them. */
  Diagnosis complete(Diagnosis diagnosis) {
    for (ResolvedGroup group : diagnosis.resolved()) {
      byFingerprint.remove(group.fingerprint());
      byFingerprint.put(group.fingerprint(), group);
    }
    for (LeakGroup leak : diagnosis.leaks()) {
      byFingerprint.remove(leak.fingerprint());
    }
    dropOldest();
    return withResolved(diagnosis);
  }

  private void dropOldest() {
    Iterator<ResolvedGroup> oldestFirst = byFingerprint.values().iterator();
    for (int excess = byFingerprint.size() - MAX_GROUPS; excess > 0; excess--) {
      oldestFirst.next();
      oldestFirst.remove();
      dropped++;
    }
  }

  private Diagnosis withResolved(Diagnosis diagnosis) {
    return new Diagnosis(
        diagnosis.generatedAt(),
        diagnosis.nowNanos(),
        diagnosis.last(),
        diagnosis.process(),
        diagnosis.agent(),
        health(diagnosis.health()),
        diagnosis.census(),
        diagnosis.leaks(),
        List.copyOf(byFingerprint.values()),
        diagnosis.opened(),
        diagnosis.closed());
  }

  private AgentHealth health(AgentHealth health) {
    if (dropped == 0) {
      return health;
    }
    List<String> bounds = new ArrayList<>(health.boundsHit());
    bounds.add(
        "the last " + MAX_GROUPS + " resolved groups are listed, " + dropped + " older are not");
    return new AgentHealth(
        health.problems(),
        health.missingEvidence(),
        bounds,
        health.hookErrors(),
        health.scans(),
        health.lastScanNanos(),
        health.trackedConnections());
  }
}
