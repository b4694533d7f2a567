package dev.closewait.diagnosis.rules;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channel object was garbage-collected and its descriptor is open: nobody can close it any
 * more.
 *
 * <p>A {@code Socket} has a Cleaner that closes it; a channel has none (OpenJDK 17 and 25).
 */
public final class UnreachableRule implements LeakRule {

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    if (!suspicion.unreachable()) {
      return null;
    }
    return new Ruling(
        Cause.UNREACHABLE,
        "The channel opened in %s was dropped without close() and garbage-collected; its descriptor stays open.",
        "close the channel before the last reference to it goes away: a channel has no cleaner",
        OriginStacks.of(suspicion.connection()),
        Ruling.CULPRIT,
        Ruling.Certainty.PROVEN,
        List.of(
            Evidence.of(
                Evidence.Source.GC,
                "the channel object was collected and its descriptor is open one scan later"),
            suspicion.kernelEvidence()));
  }
}
