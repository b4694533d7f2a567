package dev.closewait.it.server;

import java.time.Duration;

/** What every healthy server answers, by path: small and large, at once and late. */
final class HealthySite {
  static final String SMALL = "/small";
  static final String SMALL_THEN_CLOSE = "/small-then-close";
  static final String LARGE = "/large";
  static final String ECHO = "/echo";
  static final String SLOW = "/slow";
  static final String POLL = "/poll";
  static final String LATE = "/late";
  static final String LATE_POLL = "/late-poll";

  private static final byte[] SMALL_BODY = new byte[200];
  private static final byte[] LARGE_BODY = new byte[1 << 20];
  private static final Duration SLOW_DELAY = Duration.ofMillis(200);

  /** Much later than the threshold of the tests, and far from six times it. */
  private static final Duration LATE_DELAY = Duration.ofSeconds(9);

  private HealthySite() {}

  /** Tells the test when a late answer is on its way. */
  static void tellAsked(String path) {
    if (path.startsWith(LATE)) {
      Ports.tellAsked();
    }
  }

  /** Bytes of the answer to a path other than {@link #ECHO}. */
  static byte[] body(String path) {
    return isLarge(path) ? LARGE_BODY : SMALL_BODY;
  }

  /** A large answer goes in chunks; its write fails when the client is gone. */
  static boolean isLarge(String path) {
    return path.equals(LARGE) || path.startsWith(LATE);
  }

  /** True when the server ends the connection after the answer. */
  static boolean closesAfter(String path) {
    return path.equals(SMALL_THEN_CLOSE);
  }

  /** True when no thread of the server waits while the answer is not there. */
  static boolean isAsynchronous(String path) {
    return path.equals(POLL) || path.equals(LATE_POLL);
  }

  /** How long the answer takes. */
  static Duration delay(String path) {
    if (path.startsWith(LATE)) {
      return LATE_DELAY;
    }
    return path.equals(SLOW) || path.equals(POLL) ? SLOW_DELAY : Duration.ZERO;
  }
}
