package dev.closewait.it.support;

import java.nio.file.Path;
import java.util.Map;

/** Packs a class of the tests, with those nested in it, as an agent that runs beside ours. */
public final class SecondAgent {
  private SecondAgent() {}

  /** A jar whose {@code premain} is that of the class. */
  public static Path jar(Class<?> agent) {
    return ProgramJar.of(
        agent,
        "second-agent.jar",
        Map.of("Premain-Class", agent.getName(), "Can-Retransform-Classes", "true"));
  }
}
