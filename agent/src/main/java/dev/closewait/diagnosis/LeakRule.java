package dev.closewait.diagnosis;

import org.jspecify.annotations.Nullable;

/** One cause and its proof. */
public interface LeakRule {

  /** The ruling, when its proof is complete; null otherwise. */
  @Nullable Ruling judge(Suspicion suspicion);
}
