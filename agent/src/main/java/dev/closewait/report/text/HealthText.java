package dev.closewait.report.text;

import dev.closewait.diagnosis.AgentHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what a reader must know of the agent itself before trusting a report. */
final class HealthText {

  private static final int MAX_LINES = 5;

  private HealthText() {}

  /** One line at the head of a report, so that the answer stays in sight. */
  static void writeFirstProblem(TextLines lines, AgentHealth health) {
    List<String> problems = health.problems();
    if (!problems.isEmpty()) {
      String more = problems.size() == 1 ? "" : " (" + (problems.size() - 1) + " more below)";
      lines.paragraph(0, TextRenderer.PREFIX + "problem: " + problems.get(0) + more);
    }
  }

  /** A block at the end of a report, when there is something to say. */
  static void writeRest(TextLines lines, AgentHealth health) {
    List<String> problems = health.problems();
    List<String> otherProblems =
        problems.isEmpty() ? problems : problems.subList(1, problems.size());
    List<String> errors = new ArrayList<>();
    for (Map.Entry<String, String> error : health.hookErrors().entrySet()) {
      errors.add(error.getKey() + ": " + error.getValue());
    }
    if (otherProblems.isEmpty()
        && health.missingEvidence().isEmpty()
        && health.boundsHit().isEmpty()
        && errors.isEmpty()) {
      return;
    }
    lines.blank();
    lines.paragraph(0, "agent health");
    writeLines(lines, "problem", otherProblems);
    writeLines(lines, "not seen", health.missingEvidence());
    writeLines(lines, "bound hit", health.boundsHit());
    writeLines(lines, "error", errors);
  }

  private static void writeLines(TextLines lines, String label, List<String> facts) {
    int shown = Math.min(facts.size(), MAX_LINES);
    for (int i = 0; i < shown; i++) {
      lines.labelled(i == 0 ? label : "", facts.get(i));
    }
    if (shown < facts.size()) {
      lines.labelled("", "... " + Phrases.number(facts.size() - shown) + " more");
    }
  }
}
