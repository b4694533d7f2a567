package dev.closewait.kernel;

import org.jspecify.annotations.Nullable;

/**
 * How much work there was for the cores at one moment.
 *
 * @param runnableThreads of the whole machine or container, without the one that asked; -1 when it
 *     is not known
 * @param cores that this process may use
 * @param throttled how often the control group had used up its quota since the last look; 0 also
 *     when it is not known
 */
public record CpuLoad(int runnableThreads, int cores, long throttled) {

  /** Nothing is known. */
  public static final CpuLoad UNKNOWN = new CpuLoad(-1, 0, 0);

  /** Why threads got less CPU time than they could use, in words; null when nothing shows that. */
  public @Nullable String shortage() {
    if (throttled > 0) {
      return "the control group was throttled " + throttled + " times since the last scan";
    }
    return runnableThreads > cores
        ? runnableThreads + " threads are runnable for " + cores + " cores"
        : null;
  }
}
