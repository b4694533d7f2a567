package dev.closewait.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
          .thenComparingInt(LeakGroup::count)
          .reversed()
          .thenComparing(LeakGroup::fingerprint);

  private final int maxExamples;
  private final Map<String, History> histories = new HashMap<>();

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

  /** The groups of this scan, the most important first. */
  List<LeakGroup> group(List<Finding> findings, long now) {
    Map<String, List<Finding>> byFingerprint = new LinkedHashMap<>();
    for (Finding finding : findings) {
      Finding placed = finding.sampled() ? finding : joinSampled(finding, findings);
      byFingerprint.computeIfAbsent(placed.fingerprint(), f -> new ArrayList<>()).add(placed);
    }
    List<LeakGroup> groups = new ArrayList<>();
    for (List<Finding> members : byFingerprint.values()) {
      groups.add(toGroup(members, now));
    }
    groups.sort(MOST_IMPORTANT_FIRST);
    return groups;
  }

  /**
   * Groups that were reported before and have no connection left; they are forgotten by this call.
   */
  List<ResolvedGroup> resolved(List<LeakGroup> present, long now) {
    List<ResolvedGroup> resolved = new ArrayList<>();
    histories
        .entrySet()
        .removeIf(
            entry -> {
              History history = entry.getValue();
              for (LeakGroup group : present) {
                if (group.fingerprint().equals(entry.getKey())) {
                  return false;
                }
              }
              resolved.add(
                  new ResolvedGroup(
                      entry.getKey(), history.cause, history.most, now - history.firstNanos));
              return true;
            });
    return resolved;
  }

  /** A connection without a stack of its own joins the group of those that were opened like it. */
  private static Finding joinSampled(Finding finding, List<Finding> findings) {
    for (Finding other : findings) {
      if (other.sampled()
          && other.originId() == finding.originId()
          && other.kind() == finding.kind()
          && other.ruling().cause() == finding.ruling().cause()) {
        return finding.joining(other);
      }
    }
    return finding;
  }

  private LeakGroup toGroup(List<Finding> members, long now) {
    members.sort(Comparator.comparingLong((Finding f) -> f.connection().stuckNanos()).reversed());
    Finding shown = mostFrequentCause(members);
    Verdict verdict = Verdict.SUSPECT;
    int sampled = 0;
    for (Finding member : members) {
      verdict = member.verdict().compareTo(verdict) > 0 ? member.verdict() : verdict;
      sampled += member.sampled() ? 1 : 0;
    }
    History history = histories.get(shown.fingerprint());
    boolean isNew = history == null;
    if (history == null) {
      history = new History(now, members.size(), shown.ruling().cause());
      histories.put(shown.fingerprint(), history);
    }
    history.most = Math.max(history.most, members.size());
    history.cause = shown.ruling().cause();
    return new LeakGroup(
        shown.fingerprint(),
        shown.kind(),
        verdict,
        shown.ruling().cause(),
        reason(shown),
        shown.culprit(),
        shown.ruling().role(),
        shown.ruling().fix(),
        members.size(),
        sampled,
        members.get(0).connection().stuckNanos(),
        growth(history, members.size(), now),
        isNew,
        shown.ruling().evidence(),
        examples(members));
  }

  /**
   * The oldest finding of the most frequent cause, one with a stack of its own before one without.
   */
  private static Finding mostFrequentCause(List<Finding> members) {
    Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
    for (Finding member : members) {
      counts.merge(member.ruling().cause(), 1, Integer::sum);
    }
    Finding best = members.get(0);
    for (Finding member : members) {
      int more =
          counts.getOrDefault(member.ruling().cause(), 0)
              - counts.getOrDefault(best.ruling().cause(), 0);
      if (more > 0 || (more == 0 && member.sampled() && !best.sampled())) {
        best = member;
      }
    }
    return best;
  }

  private static double growth(History history, int count, long now) {
    double minutes = (now - history.firstNanos) / NANOS_PER_MINUTE;
    return minutes < LEAST_MINUTES ? 0 : (count - history.firstCount) / minutes;
  }

  private static String reason(Finding finding) {
    String template = finding.ruling().reason();
    StackTraceElement culprit = finding.culprit();
    return template.replace(
        "%s", culprit == null ? "code that no stack shows" : shortName(culprit));
  }

  private static String shortName(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private List<LeakedConnection> examples(List<Finding> members) {
    List<LeakedConnection> examples = new ArrayList<>();
    for (int i = 0; i < Math.min(maxExamples, members.size()); i++) {
      examples.add(members.get(i).connection());
    }
    return examples;
  }
}
