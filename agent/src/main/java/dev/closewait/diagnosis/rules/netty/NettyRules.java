package dev.closewait.diagnosis.rules.netty;

import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.diagnosis.bytecode.MethodStarts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of all rules about Netty channels, in the order in which they are asked; made when the
 * first of them is stuck, so that a JVM without Netty loads none of them.
 */
public final class NettyRules implements LeakRule {
  private final ApplicationFrames application;
  private final MethodStarts starts;
  private final long thresholdNanos;
  private @Nullable List<LeakRule> rules;
  private @Nullable LeakRule unreadResponse;

  public NettyRules(ApplicationFrames application, MethodStarts starts, long thresholdNanos) {
    this.application = application;
    this.starts = starts;
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    if (suspicion.connection().netty() == null) {
      return null;
    }
    for (LeakRule rule : rules()) {
      Ruling ruling = rule.judge(suspicion);
      if (ruling != null) {
        return ruling;
      }
    }
    return null;
  }

  /** Of a connection that is open at both ends and holds data that nobody reads. */
  public @Nullable Ruling judgeOpen(Suspicion suspicion) {
    if (suspicion.connection().netty() == null) {
      return null;
    }
    LeakRule known = unreadResponse;
    if (known == null) {
      known = new UnreadResponseRule(application);
      unreadResponse = known;
    }
    return known.judge(suspicion);
  }

  private List<LeakRule> rules() {
    List<LeakRule> known = rules;
    if (known == null) {
      BlamedHandlers handlers = new BlamedHandlers(application, starts);
      known =
          List.of(
              new NeverRegisteredRule(handlers, thresholdNanos),
              new DeregisteredRule(),
              new EventLoopRule(thresholdNanos),
              new CloseKeptRule(),
              new PooledChannelRule(),
              new HalfClosureRule(),
              new ReadingOffRule(application, handlers));
      rules = known;
    }
    return known;
  }
}
