package dev.closewait.report.text;

import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.FrameFormat;
import java.util.ArrayList;
import java.util.List;

/** Writes diagnoses for people: plain ASCII, the answer first, one idea a line. */
public final class TextRenderer {

  static final String PREFIX = "closewait: ";
  private static final int MAX_MAIN_CLASS = 60;
  private static final int MAX_FINGERPRINTS = 10;
  private static final int MAX_FULL_GROUPS = 20;
  private static final int MAX_SHORT_GROUPS = 30;

  private final TextStyle style;

  public TextRenderer(TextStyle style) {
    this.style = style;
  }

  /** A whole diagnosis, its leak groups in full. */
  public String render(Diagnosis diagnosis) {
    TextLines lines = new TextLines(style.colour());
    ShortFingerprints fingerprints = ShortFingerprints.of(diagnosis);
    for (ResolvedGroup resolved : diagnosis.resolved()) {
      writeResolved(lines, fingerprints, resolved);
    }
    if (diagnosis.leaks().isEmpty()) {
      writeClean(lines, diagnosis);
    } else {
      writeReport(lines, fingerprints, diagnosis, diagnosis.leaks());
    }
    return lines.toString();
  }

  /** The header counts all groups; those not among the news get a mention, at exit a line each. */
  void writeReport(
      TextLines lines, ShortFingerprints fingerprints, Diagnosis diagnosis, List<LeakGroup> news) {
    HealthText.writeFirstProblem(lines, diagnosis.health());
    writeHeader(lines, diagnosis);
    List<LeakGroup> full = news.subList(0, Math.min(news.size(), MAX_FULL_GROUPS));
    for (LeakGroup leak : full) {
      lines.blank();
      new GroupText(lines, style, leak, diagnosis.nowNanos())
          .write(fingerprints.of(leak.fingerprint()));
    }
    List<LeakGroup> brief = new ArrayList<>(news.subList(full.size(), news.size()));
    List<LeakGroup> known = new ArrayList<>(diagnosis.leaks());
    known.removeAll(news);
    if (diagnosis.last()) {
      brief.addAll(known);
      known.clear();
    }
    writeBrief(lines, fingerprints, brief);
    writeKnown(lines, fingerprints, known);
    HealthText.writeRest(lines, diagnosis.health());
    if (hasLeak(diagnosis.last() ? diagnosis.leaks() : news)) {
      lines.blank();
      lines.paragraph(0, "No kernel setting cures a missing close.");
    }
  }

  void writeGrowth(TextLines lines, String shortFingerprint, LeakGroup leak, int more) {
    lines.paragraph(
        0,
        PREFIX
            + shortFingerprint
            + " grew: "
            + Phrases.count(leak.count(), "connection")
            + " now, "
            + Phrases.number(more)
            + " new (same place)");
  }

  void writeReturn(TextLines lines, String shortFingerprint, LeakGroup leak) {
    lines.paragraph(
        0,
        PREFIX
            + "suspect again "
            + shortFingerprint
            + " "
            + leak.cause()
            + ": "
            + Phrases.count(leak.count(), "connection")
            + " (same place)");
  }

  void writeResolved(TextLines lines, ShortFingerprints fingerprints, ResolvedGroup resolved) {
    lines.paragraph(
        0,
        PREFIX
            + "resolved "
            + fingerprints.of(resolved.fingerprint())
            + " "
            + resolved.cause()
            + ": "
            + Phrases.count(resolved.count(), "connection")
            + " closed, after "
            + Phrases.duration(resolved.afterNanos()));
  }

  void writeClean(TextLines lines, Diagnosis diagnosis) {
    HealthText.writeFirstProblem(lines, diagnosis.health());
    int young = diagnosis.census().stuckConnections();
    lines.paragraph(
        0,
        PREFIX
            + "no leaks; "
            + Phrases.count(diagnosis.opened(), "connection")
            + " opened, "
            + Phrases.number(diagnosis.closed())
            + " closed"
            + (young == 0
                ? ""
                : "; "
                    + Phrases.number(young)
                    + " seen in CLOSE_WAIT for less than the threshold"));
    HealthText.writeRest(lines, diagnosis.health());
  }

  private static void writeHeader(TextLines lines, Diagnosis diagnosis) {
    int connections = 0;
    long oldestNanos = 0;
    for (LeakGroup leak : diagnosis.leaks()) {
      connections += leak.count();
      oldestNanos = Math.max(oldestNanos, leak.oldestNanos());
    }
    String answer =
        PREFIX
            + verdicts(diagnosis.leaks())
            + (diagnosis.last() ? " at exit: " : ": ")
            + Phrases.count(connections, "connection")
            + (allInCloseWait(diagnosis.leaks()) ? " in CLOSE_WAIT" : " not closed")
            + Phrases.ages(connections, oldestNanos);
    String mainClass = Phrases.ascii(withoutFolder(diagnosis.process().mainClass()));
    String process =
        "(pid "
            + diagnosis.process().pid()
            + " "
            + Phrases.shorten(mainClass, MAX_MAIN_CLASS)
            + ")";
    if (answer.length() + 3 + process.length() <= TextLines.WIDTH) {
      lines.paragraph(0, answer + "   " + process);
    } else {
      lines.paragraph(0, answer);
      lines.paragraph(2, process);
    }
    writeDescriptors(lines, diagnosis.census());
  }

  /** The main class may be the path of a jar. */
  private static String withoutFolder(String mainClass) {
    int separator = Math.max(mainClass.lastIndexOf('/'), mainClass.lastIndexOf('\\'));
    return mainClass.substring(separator + 1);
  }

  private static String verdicts(List<LeakGroup> leaks) {
    int sure = 0;
    for (LeakGroup leak : leaks) {
      sure += leak.verdict() == Verdict.LEAK ? 1 : 0;
    }
    int suspects = leaks.size() - sure;
    if (sure == 0) {
      return Phrases.count(suspects, "suspect");
    }
    String certain = Phrases.count(sure, "leak");
    return suspects == 0 ? certain : certain + ", " + Phrases.count(suspects, "suspect");
  }

  /** As far as the examples show; what the kernel could not be asked about is not claimed. */
  private static boolean allInCloseWait(List<LeakGroup> leaks) {
    for (LeakGroup leak : leaks) {
      if (leak.examples().isEmpty()) {
        return false;
      }
      for (LeakedConnection connection : leak.examples()) {
        if (connection.state() != TcpState.CLOSE_WAIT) {
          return false;
        }
      }
    }
    return true;
  }

  /** Only when they run out, which is the next thing to break. */
  private static void writeDescriptors(TextLines lines, Census census) {
    long limit = census.descriptorLimit();
    if (limit > 0 && census.openDescriptors() >= limit - limit / 10) {
      lines.paragraph(
          2,
          Phrases.number(census.openDescriptors())
              + " of "
              + Phrases.number(limit)
              + " file descriptors are in use");
    }
  }

  private static void writeBrief(
      TextLines lines, ShortFingerprints fingerprints, List<LeakGroup> brief) {
    if (brief.isEmpty()) {
      return;
    }
    lines.blank();
    int shown = Math.min(brief.size(), MAX_SHORT_GROUPS);
    for (LeakGroup leak : brief.subList(0, shown)) {
      StackTraceElement culprit = leak.culprit();
      GroupText.heading(
          lines,
          leak,
          fingerprints.of(leak.fingerprint()),
          "  "
              + Phrases.count(leak.count(), "connection")
              + (culprit == null ? "" : "  " + FrameFormat.format(culprit)));
    }
    if (shown < brief.size()) {
      lines.paragraph(0, "... " + Phrases.count(brief.size() - shown, "more group"));
    }
  }

  private static void writeKnown(
      TextLines lines, ShortFingerprints fingerprints, List<LeakGroup> known) {
    if (known.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("reported before: ");
    int shown = Math.min(known.size(), MAX_FINGERPRINTS);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(fingerprints.of(known.get(i).fingerprint()));
    }
    if (shown < known.size()) {
      text.append(" and ").append(Phrases.number(known.size() - shown)).append(" more");
    }
    lines.blank();
    lines.paragraph(0, text.toString());
  }

  private static boolean hasLeak(List<LeakGroup> leaks) {
    for (LeakGroup leak : leaks) {
      if (leak.verdict() == Verdict.LEAK) {
        return true;
      }
    }
    return false;
  }
}
