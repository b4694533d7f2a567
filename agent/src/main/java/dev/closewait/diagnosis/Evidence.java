package dev.closewait.diagnosis;

import java.util.List;

/**
 * One observed fact that a finding rests on.
 *
 * @param source who observed it
 * @param fact one sentence or less, without a full stop
 * @param stack the frames that show it, innermost first; empty when the fact needs none
 */
public record Evidence(Source source, String fact, List<StackTraceElement> stack) {

  /** Who observed a fact. */
  public enum Source {
    HOOK,
    KERNEL,
    GC,
    THREAD,
    BYTECODE
  }

  public static Evidence of(Source source, String fact) {
    return new Evidence(source, fact, List.of());
  }
}
