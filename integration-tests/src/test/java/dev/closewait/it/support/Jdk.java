package dev.closewait.it.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Java release that every scenario runs on, and where it is installed, if it is. */
public record Jdk(int feature, @Nullable Path home) {

  /** The launcher; without one the test is skipped at home and fails in CI. */
  public Path java() {
    return home().resolve("bin/java");
  }

  @Override
  public Path home() {
    return home == null ? missing() : home;
  }

  private Path missing() {
    String message =
        "no JDK " + feature + " found: install one, or point JAVA" + feature + "_HOME at it";
    return Boolean.parseBoolean(System.getenv("CI")) ? fail(message) : abort(message);
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }
}
