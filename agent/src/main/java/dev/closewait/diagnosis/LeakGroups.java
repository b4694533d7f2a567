package dev.closewait.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
  private static final int MAX_OTHER_LINES = 5;
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
    members.sort(Comparator.comparingLong((Finding f) -> f.connection().stuckNanos()).reversed());
    Finding shown = shown(members);
    int sampled = 0;
    int count = 0;
    for (Finding member : members) {
      sampled += member.sampled() ? member.count() : 0;
      count += member.count();
    }
    History history = histories.get(shown.fingerprint());
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
        strongest(members),
        shown.ruling().cause(),
        Sentence.of(shown.ruling(), culprit),
        culprit == null ? null : culprit.frame(),
        shown.ruling().role(),
        shown.ruling().fix(),
        count,
        sampled,
        members.get(0).connection().stuckNanos(),
        growth(history, count, now),
        isNew,
        evidence(shown, members),
        shown.ruling().locks(),
        examples(shown, members));
  }

  /**
   * Of those with the strongest verdict the oldest of the most frequent cause, one with a stack of
   * its own before one without. Where code just left its connections open, one of which it is known
   * how speaks for those that leaked before anybody looked.
   */
  private static Finding shown(List<Finding> members) {
    Verdict strongest = strongest(members);
    List<Finding> sure = new ArrayList<>();
    List<Finding> explained = new ArrayList<>();
    for (Finding member : members) {
      if (member.verdict() == strongest) {
        sure.add(member);
      }
      if (member.isExplained()) {
        explained.add(member);
      }
    }
    Finding best = best(sure);
    return explained.isEmpty() || !MethodExits.tell(best.ruling().cause()) ? best : best(explained);
  }

  private static Verdict strongest(List<Finding> members) {
    Verdict strongest = Verdict.SUSPECT;
    for (Finding member : members) {
      strongest = member.verdict() == Verdict.LEAK ? Verdict.LEAK : strongest;
    }
    return strongest;
  }

  private static Finding best(List<Finding> members) {
    Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
    for (Finding member : members) {
      counts.merge(member.ruling().cause(), 1, Integer::sum);
    }
    Finding best = members.get(0);
    for (Finding member : members) {
      if (isBetter(member, best, counts)) {
        best = member;
      }
    }
    return best;
  }

  private static boolean isBetter(Finding member, Finding best, Map<Cause, Integer> counts) {
    int more =
        counts.getOrDefault(member.ruling().cause(), 0)
            - counts.getOrDefault(best.ruling().cause(), 0);
    return more > 0 || (more == 0 && member.sampled() && !best.sampled());
  }

  private static double growth(History history, int count, long now) {
    double minutes = (now - history.firstNanos) / NANOS_PER_MINUTE;
    return minutes < LEAST_MINUTES ? 0 : (count - history.firstCount) / minutes;
  }

  /** One group may hold several lines of one method: each is named. */
  private static List<Evidence> evidence(Finding shown, List<Finding> members) {
    Map<StackTraceElement, Integer> others = new LinkedHashMap<>();
    for (Finding member : members) {
      Culprit culprit = member.culprit();
      if (culprit != null
          && shown.culprit() != null
          && !culprit.frame().equals(shown.culprit().frame())) {
        others.merge(culprit.frame(), member.count(), Integer::sum);
      }
    }
    List<Evidence> evidence = new ArrayList<>(shown.ruling().evidence());
    int explained = explained(members);
    if (explained > 0 && explained < members.size()) {
      evidence.add(
          Evidence.of(
              Evidence.Source.HOOK,
              "seen for "
                  + explained
                  + " of "
                  + members.size()
                  + "; the others leaked while their methods were not watched"));
    }
    int named = 0;
    for (Map.Entry<StackTraceElement, Integer> other : others.entrySet()) {
      if (named++ < MAX_OTHER_LINES) {
        StackTraceElement frame = other.getKey();
        evidence.add(
            Evidence.of(
                Evidence.Source.HOOK,
                other.getValue()
                    + " of them at "
                    + frame.getClassName()
                    + "."
                    + frame.getMethodName()
                    + "("
                    + frame.getFileName()
                    + ":"
                    + frame.getLineNumber()
                    + ")"));
      }
    }
    return evidence;
  }

  private static int explained(List<Finding> members) {
    int explained = 0;
    for (Finding member : members) {
      explained += member.isExplained() ? 1 : 0;
    }
    return explained;
  }

  /** The oldest, and the one that the report is about. */
  private List<LeakedConnection> examples(Finding shown, List<Finding> members) {
    List<LeakedConnection> examples = new ArrayList<>();
    for (int i = 0; i < Math.min(maxExamples, members.size()); i++) {
      examples.add(members.get(i).connection());
    }
    if (!examples.contains(shown.connection())) {
      examples.set(examples.size() - 1, shown.connection());
    }
    return examples;
  }
}
