package dev.closewait.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which descriptors a process has open. */
sealed interface OpenDescriptors {

  /**
   * Descriptors were found.
   *
   * @param numbers ascending when they were probed; may hold one that is closed by now, that of the
   *     listing itself
   * @param count how many are open, without that one
   * @param missing what {@code numbers} may lack, and why; null when it is complete
   */
  record Found(List<Integer> numbers, int count, @Nullable String missing)
      implements OpenDescriptors {
    public Found {
      numbers = List.copyOf(numbers);
    }
  }

  /** They could be told in no way; {@code reason} says why. */
  record Unavailable(String reason) implements OpenDescriptors {}
}
