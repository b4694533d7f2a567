package dev.closewait.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client library, and what to do about its connections.
 *
 * @param framePrefixes what the class names of its code start with
 * @param takes what the application gets from it
 * @param idleRemedy the setting that ends idle connections; null where it has none of its own
 * @param closeRemedy how to give back what was taken; null where nothing is
 * @param shareRemedy what to do instead of one client for each call; null where a client needs no
 *     close
 */
public record ClientLibrary(
    String name,
    List<String> framePrefixes,
    Takes takes,
    @Nullable String idleRemedy,
    @Nullable String closeRemedy,
    @Nullable String shareRemedy) {

  /** What the application gets and has to give back. */
  public enum Takes {
    /** The answer to one request; the connection serves no other meanwhile. */
    RESPONSE,
    CONNECTION,
    NOTHING
  }

  /** True for a frame of its code. */
  public boolean has(StackTraceElement frame) {
    for (String prefix : framePrefixes) {
      if (frame.getClassName().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
