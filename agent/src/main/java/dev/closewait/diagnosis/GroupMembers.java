package dev.closewait.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of one group, the oldest first, and the one of them that speaks for all.
 *
 * @param shown whose cause, reason and fix the report tells
 */
record GroupMembers(List<Finding> members, Finding shown) {
  private static final int MAX_OTHERS = 5;

  /**
   * @param causeBefore the one that the group was told with last; {@code UNKNOWN} when there is
   *     none
   */
  static GroupMembers of(List<Finding> findings, Cause causeBefore) {
    List<Finding> members = new ArrayList<>(findings);
    members.sort(Comparator.comparingLong((Finding f) -> f.connection().stuckNanos()).reversed());
    return new GroupMembers(members, shown(members, causeBefore));
  }

  /**
   * Of those with the strongest verdict the oldest of the most frequent cause, one with a stack of
   * its own before one without. Where code just left its connections open, one of which it is known
   * how speaks for those that leaked before anybody looked.
   */
  private static Finding shown(List<Finding> members, Cause causeBefore) {
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
    Finding best = best(sure, causeBefore);
    return explained.isEmpty() || !MethodExits.tell(best.ruling().cause())
        ? best
        : best(explained, causeBefore);
  }

  private static Verdict strongest(List<Finding> members) {
    Verdict strongest = Verdict.SUSPECT;
    for (Finding member : members) {
      strongest = member.verdict() == Verdict.LEAK ? Verdict.LEAK : strongest;
    }
    return strongest;
  }

  private static Finding best(List<Finding> members, Cause causeBefore) {
    Map<Cause, Integer> counts = new EnumMap<>(Cause.class);
    for (Finding member : members) {
      // Two causes that are about as frequent must not take turns in the report.
      int weight = member.ruling().cause() == causeBefore && causeBefore != Cause.UNKNOWN ? 2 : 1;
      counts.merge(member.ruling().cause(), weight, Integer::sum);
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

  Verdict verdict() {
    return strongest(members);
  }

  int count() {
    int count = 0;
    for (Finding member : members) {
      count += member.count();
    }
    return count;
  }

  /** How many connections have a stack of their own. */
  int sampled() {
    int sampled = 0;
    for (Finding member : members) {
      sampled += member.sampled() ? member.count() : 0;
    }
    return sampled;
  }

  long oldestNanos() {
    return members.get(0).connection().stuckNanos();
  }

  /** One group may hold several lines of one method, and several causes: each is named. */
  List<Evidence> evidence() {
    List<Evidence> evidence = new ArrayList<>(shown.ruling().evidence());
    String seen = seenFor();
    if (!seen.isEmpty()) {
      evidence.add(Evidence.of(Evidence.Source.HOOK, seen));
    }
    Map<String, Integer> others = new LinkedHashMap<>();
    for (Finding member : members) {
      String other = differs(member);
      if (!other.isEmpty()) {
        others.merge(other, member.count(), Integer::sum);
      }
    }
    int named = 0;
    for (Map.Entry<String, Integer> other : others.entrySet()) {
      if (named++ < MAX_OTHERS) {
        evidence.add(
            Evidence.of(Evidence.Source.HOOK, other.getValue() + " of them" + other.getKey()));
      }
    }
    return evidence;
  }

  /** Of how many it is known how they were left; empty where that is so of all or none. */
  private String seenFor() {
    int alike = 0;
    int unwatched = 0;
    for (Finding member : members) {
      alike += member.isExplained() && isAlike(member) ? 1 : 0;
      unwatched += member.isExplained() ? 0 : 1;
    }
    if (alike == 0 || alike == members.size()) {
      return "";
    }
    String seen = "seen for " + alike + " of " + members.size();
    if (unwatched == 0) {
      return seen;
    }
    String rest = alike + unwatched == members.size() ? "the others" : String.valueOf(unwatched);
    return seen + "; " + rest + " leaked while their methods were not watched";
  }

  private boolean isAlike(Finding member) {
    return member.ruling().cause() == shown.ruling().cause();
  }

  /** In what it differs from the one that is shown, in words; empty where it does not. */
  private String differs(Finding member) {
    Culprit culprit = member.culprit();
    Culprit blamed = shown.culprit();
    String place =
        culprit == null || blamed == null || culprit.frame().equals(blamed.frame())
            ? ""
            : " at " + Standstill.line(culprit.frame());
    // Of those that leaked while nobody looked closer, the cause says less than nothing.
    boolean told = isAlike(member) || (shown.isExplained() && !member.isExplained());
    if (told) {
      return place;
    }
    return ": " + member.ruling().cause() + place;
  }

  /** The oldest, and the one that the report is about. */
  List<LeakedConnection> examples(int most) {
    List<LeakedConnection> examples = new ArrayList<>();
    for (Finding example : exampleFindings(most)) {
      examples.add(example.connection());
    }
    return examples;
  }

  /** Those of the examples that have the same cause as the one that the report is about. */
  List<LeakedConnection> alike(int most) {
    List<LeakedConnection> alike = new ArrayList<>();
    for (Finding example : exampleFindings(most)) {
      if (isAlike(example)) {
        alike.add(example.connection());
      }
    }
    return alike;
  }

  private List<Finding> exampleFindings(int most) {
    List<Finding> examples = new ArrayList<>(members.subList(0, Math.min(most, members.size())));
    if (!examples.contains(shown)) {
      examples.set(examples.size() - 1, shown);
    }
    return examples;
  }
}
