package dev.closewait.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts findings at one place together, and remembers from scan to scan which groups were reported.
 *
 * <p>Confined to the scanner thread. A group is forgotten when it is resolved.
 */
final class LeakGroups {
  private static final double NANOS_PER_MINUTE = 60e9;
  private static final double LEAST_MINUTES = 1.0 / 6;

  private static final Comparator<LeakGroup> MOST_IMPORTANT_FIRST =
      Comparator.comparing(LeakGroup::verdict)
          .thenComparing(group -> group.cause() != Cause.POOLED_IDLE)
          .thenComparingInt(LeakGroup::count)
          .reversed()
          .thenComparing(LeakGroup::fingerprint);

  private final int maxExamples;
  private final Map<String, History> histories = new HashMap<>();
  private Map<Long, String> fingerprintById = Map.of();
  private Set<Long> inUse = Set.of();
  private Set<String> paused = Set.of();

  LeakGroups(int maxExamples) {
    this.maxExamples = maxExamples;
  }

  private static final class History {
    final long firstNanos;
    final int firstCount;
    int most;
    Cause cause;

    History(long firstNanos, int firstCount, Cause cause) {
      this.firstNanos = firstNanos;
      this.firstCount = firstCount;
      this.cause = cause;
    }
  }

  /**
   * Says before {@link #group} which connections are still stuck, though they were used too lately
   * for a finding: their groups are not resolved, and they come back to them.
   *
   * @param ids of the connections
   */
  void keep(Set<Long> ids) {
    inUse = ids;
  }

  /** The groups of this scan, the most important first. */
  List<LeakGroup> group(List<Finding> findings, long now) {
    Map<String, Finding> sampledByOrigin = new HashMap<>();
    for (Finding finding : findings) {
      if (finding.sampled()) {
        sampledByOrigin.putIfAbsent(originKey(finding), finding);
      }
    }
    Map<String, List<Finding>> byFingerprint = new LinkedHashMap<>();
    Map<Long, String> fingerprints = new HashMap<>();
    for (Finding finding : findings) {
      Finding placed = place(finding, sampledByOrigin);
      fingerprints.put(placed.id(), placed.fingerprint());
      byFingerprint.computeIfAbsent(placed.fingerprint(), f -> new ArrayList<>()).add(placed);
    }
    paused = new HashSet<>();
    for (long id : inUse) {
      String before = fingerprintById.get(id);
      if (before != null) {
        fingerprints.putIfAbsent(id, before);
        paused.add(before);
      }
    }
    fingerprintById = fingerprints;
    List<LeakGroup> groups = new ArrayList<>();
    for (List<Finding> members : byFingerprint.values()) {
      groups.add(toGroup(members, now));
    }
    groups.sort(MOST_IMPORTANT_FIRST);
    return groups;
  }

  /**
   * A connection stays in the group in which it was reported first, though its cause may sharpen;
   * one without a stack of its own joins the group of those that were opened like it.
   */
  private Finding place(Finding finding, Map<String, Finding> sampledByOrigin) {
    Finding joined = finding;
    Finding sampled = finding.sampled() ? null : sampledByOrigin.get(originKey(finding));
    if (sampled != null) {
      joined = finding.joining(sampled);
    }
    String first = fingerprintById.get(finding.id());
    return first == null ? joined : joined.under(first);
  }

  private static String originKey(Finding finding) {
    return finding.kind() + " " + finding.ruling().cause() + " " + finding.origin();
  }

  /**
   * Groups that were reported before and have no connection left; they are forgotten by this call.
   */
  List<ResolvedGroup> resolved(List<LeakGroup> present, long now) {
    Set<String> left = new HashSet<>(paused);
    present.forEach(group -> left.add(group.fingerprint()));
    List<ResolvedGroup> resolved = new ArrayList<>();
    histories
        .entrySet()
        .removeIf(
            entry -> {
              if (left.contains(entry.getKey())) {
                return false;
              }
              History history = entry.getValue();
              resolved.add(
                  new ResolvedGroup(
                      entry.getKey(), history.cause, history.most, now - history.firstNanos));
              return true;
            });
    return resolved;
  }

  private LeakGroup toGroup(List<Finding> members, long now) {
    History history = histories.get(members.get(0).fingerprint());
    GroupMembers group = GroupMembers.of(members, history == null ? Cause.UNKNOWN : history.cause);
    Finding shown = group.shown();
    int count = group.count();
    boolean isNew = history == null;
    if (history == null) {
      history = new History(now, count, shown.ruling().cause());
      histories.put(shown.fingerprint(), history);
    }
    history.most = Math.max(history.most, count);
    history.cause = shown.ruling().cause();
    Culprit culprit = shown.culprit();
    return new LeakGroup(
        shown.fingerprint(),
        shown.kind(),
        group.verdict(),
        shown.ruling().cause(),
        Sentence.of(shown.ruling(), culprit),
        culprit == null ? null : culprit.frame(),
        shown.ruling().role(),
        shown.ruling().fix(),
        count,
        group.sampled(),
        group.oldestNanos(),
        growth(history, count, now),
        isNew,
        group.evidence(),
        shown.ruling().locks(),
        group.examples(maxExamples),
        group.alike(maxExamples));
  }

  private static double growth(History history, int count, long now) {
    double minutes = (now - history.firstNanos) / NANOS_PER_MINUTE;
    return minutes < LEAST_MINUTES ? 0 : (count - history.firstCount) / minutes;
  }
}
