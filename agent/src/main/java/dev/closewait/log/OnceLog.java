package dev.closewait.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/**
 * Warns once per cause, where a cause is what failed, with which type of exception and message. Any
 * thread may use it; it remembers a bounded number of causes and says so when there are more.
 */
public final class OnceLog {
  private static final int MOST_CAUSES = 64;
  private static final int MOST_CHARS_PER_CAUSE = 300;

  private final Logger logger;
  private final Map<String, Boolean> seen = new ConcurrentHashMap<>();

  public OnceLog(Logger logger) {
    this.logger = logger;
  }

  /** Warns unless it did so before for this message and this kind of exception. */
  public void warn(String message, Throwable thrown) {
    try {
      warnOnce(message, thrown);
    } catch (Throwable ignored) {
      // The failure to be logged may be a full heap, and the caller goes on.
    }
  }

  private void warnOnce(String message, Throwable thrown) {
    String cause = cause(message, thrown);
    if (seen.size() > MOST_CAUSES || seen.putIfAbsent(cause, Boolean.TRUE) != null) {
      return;
    }
    if (seen.size() > MOST_CAUSES) {
      logger.warn("more than {} different failures, the further ones are not logged", MOST_CAUSES);
    } else {
      logger.warn(message, thrown);
    }
  }

  private static String cause(String message, Throwable thrown) {
    String cause = message + '\n' + thrown.getClass().getName() + '\n' + LogLine.messageOf(thrown);
    return cause.length() <= MOST_CHARS_PER_CAUSE
        ? cause
        : cause.substring(0, MOST_CHARS_PER_CAUSE);
  }
}
