package dev.closewait.diagnosis;

import dev.closewait.diagnosis.rules.AcceptedNeverReadRule;
import dev.closewait.diagnosis.rules.CloseIneffectiveRule;
import dev.closewait.diagnosis.rules.DeadNotClosedRule;
import dev.closewait.diagnosis.rules.EofReadNotClosedRule;
import dev.closewait.diagnosis.rules.PooledIdleRule;
import dev.closewait.diagnosis.rules.ThreadStuckRule;
import dev.closewait.diagnosis.rules.UnknownRule;
import dev.closewait.diagnosis.rules.UnreachableRule;
import java.util.List;

/**
 * The list of all rules for connections, in the order in which they are asked: the first that holds
 * is the cause.
 */
final class LeakRules {
  private final List<LeakRule> rules;
  private final LeakRule last = new UnknownRule();

  LeakRules(ApplicationFrames application, PooledClients clients, long thresholdNanos) {
    rules =
        List.of(
            new CloseIneffectiveRule(),
            new UnreachableRule(),
            new ThreadStuckRule(application, thresholdNanos),
            new PooledIdleRule(clients),
            new DeadNotClosedRule(),
            new EofReadNotClosedRule(),
            new AcceptedNeverReadRule());
  }

  Ruling judge(Suspicion suspicion) {
    for (LeakRule rule : rules) {
      Ruling ruling = rule.judge(suspicion);
      if (ruling != null) {
        return ruling;
      }
    }
    Ruling unknown = last.judge(suspicion);
    if (unknown == null) {
      throw new IllegalStateException("the last rule must hold always");
    }
    return unknown;
  }
}
