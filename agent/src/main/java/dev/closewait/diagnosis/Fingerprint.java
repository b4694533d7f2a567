package dev.closewait.diagnosis;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names a leak group by kind, and class and method of its culprit: no line numbers, lambdas under
 * their method, so that it survives a rebuild.
 */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Twelve hex digits.
   *
   * @param place stands in for the culprit where there is none, such as the listening endpoint
   */
  static String of(SocketKind kind, @Nullable StackTraceElement culprit, String place) {
    String key =
        culprit == null
            ? kind + " " + place
            : kind + " " + LastingNames.className(culprit) + "." + LastingNames.methodName(culprit);
    return hex(fnv1a(key));
  }

  /**
   * FNV-1a, 64 bits: stable on every JVM, and no security provider to load when descriptors have
   * run out.
   */
  private static long fnv1a(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  private static String hex(long hash) {
    String digits = Long.toHexString(hash);
    return "0".repeat(16 - digits.length()).concat(digits).substring(0, 12);
  }
}
