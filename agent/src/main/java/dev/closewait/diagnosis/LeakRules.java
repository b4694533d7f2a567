package dev.closewait.diagnosis;

import dev.closewait.diagnosis.bytecode.MethodStarts;
import dev.closewait.diagnosis.rules.AcceptedNeverReadRule;
import dev.closewait.diagnosis.rules.BodyNotConsumedRule;
import dev.closewait.diagnosis.rules.ClientNotClosedRule;
import dev.closewait.diagnosis.rules.CloseIneffectiveRule;
import dev.closewait.diagnosis.rules.DeadNotClosedRule;
import dev.closewait.diagnosis.rules.EofReadNotClosedRule;
import dev.closewait.diagnosis.rules.ExceptionSkippedCloseRule;
import dev.closewait.diagnosis.rules.HalfClosedRule;
import dev.closewait.diagnosis.rules.PooledIdleRule;
import dev.closewait.diagnosis.rules.ReadInterestOffRule;
import dev.closewait.diagnosis.rules.ResponseLeftUnreadRule;
import dev.closewait.diagnosis.rules.Starvation;
import dev.closewait.diagnosis.rules.ThreadStuckRule;
import dev.closewait.diagnosis.rules.UnknownRule;
import dev.closewait.diagnosis.rules.UnreachableRule;
import dev.closewait.diagnosis.rules.UnreadDataRule;
import dev.closewait.diagnosis.rules.netty.NettyRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of all rules for connections, in the order in which they are asked: the first that holds
 * is the cause.
 */
final class LeakRules {
  private final List<LeakRule> rules;
  private final NettyRules netty;
  private final LeakRule last = new UnknownRule();
  private final LeakRule unreadResponse = new BodyNotConsumedRule();

  LeakRules(ApplicationFrames application, MethodStarts starts, long thresholdNanos) {
    netty = new NettyRules(application, starts, thresholdNanos);
    rules =
        List.of(
            new CloseIneffectiveRule(),
            new UnreachableRule(),
            new ThreadStuckRule(application, thresholdNanos),
            netty,
            unreadResponse,
            new ClientNotClosedRule(),
            new PooledIdleRule(),
            new DeadNotClosedRule(),
            new ExceptionSkippedCloseRule(application),
            new HalfClosedRule(),
            new EofReadNotClosedRule(),
            new ReadInterestOffRule(),
            new AcceptedNeverReadRule(),
            new UnreadDataRule(application),
            new ResponseLeftUnreadRule(application));
  }

  /**
   * Of a connection that is open at both ends and holds a response that nobody reads; null when it
   * is healthy.
   */
  @Nullable Ruling judgeOpen(Suspicion suspicion) {
    Ruling ofNetty = netty.judgeOpen(suspicion);
    Ruling ruling = ofNetty == null ? unreadResponse.judge(suspicion) : ofNetty;
    return ruling == null ? null : withExits(ruling, suspicion);
  }

  /** The first ruling that holds, with the exits of watched methods among its evidence. */
  Ruling judge(Suspicion suspicion) {
    return withExits(firstOf(suspicion), suspicion);
  }

  private static Ruling withExits(Ruling ruling, Suspicion suspicion) {
    return MethodExits.tell(ruling.cause())
        ? ruling.with(MethodExits.evidence(suspicion.connection()))
        : ruling;
  }

  private Ruling firstOf(Suspicion suspicion) {
    for (LeakRule rule : rules) {
      Ruling ruling = rule.judge(suspicion);
      if (ruling != null) {
        return Starvation.temper(ruling, suspicion);
      }
    }
    Ruling unknown = last.judge(suspicion);
    if (unknown == null) {
      throw new IllegalStateException("the last rule must hold always");
    }
    return Starvation.temper(unknown, suspicion);
  }
}
