package dev.closewait.it.support;

import java.util.List;
import java.util.regex.Pattern;

/** Tells the agent's lines on standard error from the application's. */
public final class AgentLines {
  /** The prefix of single lines, and the forms of a report's lines; stack traces indent by tabs. */
  private static final Pattern OURS =
      Pattern.compile(
          "closewait: .*|(LEAK|SUSPECT)  [0-9a-f]{6}  .*|  \\S.*| {10,}\\S.*|agent health|reported"
              + " before: .*|No kernel setting cures a missing close\\.|");

  private AgentLines() {}

  /** What is left of standard error when the agent's lines are taken out. */
  public static List<String> removeFrom(String stderr) {
    return stderr.lines().filter(line -> !OURS.matcher(line).matches()).toList();
  }

  /** The agent's lines alone. */
  public static List<String> in(String stderr) {
    return stderr.lines().filter(line -> OURS.matcher(line).matches()).toList();
  }
}
