package dev.closewait.benchmarks;

/**
 * An agent that does nothing: what any {@code -javaagent} costs, which is not ours to answer for.
 */
public final class IdleAgent {
  private IdleAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments) {}
}
