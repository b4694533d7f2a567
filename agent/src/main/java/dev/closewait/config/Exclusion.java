package dev.closewait.config;

/**
 * A frame that makes a finding acceptable, and why.
 *
 * @param pattern {@code package.Class.method} or {@code package.Class}, where {@code *} stands for
 *     any text
 * @param reason the user's words, shown where the exclusion was used
 */
public record Exclusion(String pattern, String reason) {
  private static final String LAMBDA_PREFIX = "lambda$";

  /** Whether the pattern names a frame at all, rather than none or every one. */
  static boolean canMatch(String pattern) {
    boolean hasName = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (Character.isWhitespace(c) || c == '/' || c == '(') {
        return false;
      }
      hasName |= c != '*' && c != '.';
    }
    return hasName && (pattern.indexOf('.') > 0 || pattern.indexOf('*') >= 0);
  }

  /** Whether the frame is meant, by its class, its method or the method around its lambda. */
  public boolean matches(String className, String methodName) {
    return isMatch(className)
        || isMatch(className + "." + methodName)
        || isMatch(className + "." + enclosingMethod(methodName));
  }

  /**
   * The method that javac took a lambda out of: {@code lambda$run$0} is of {@code run} (JDK 17 to
   * 25, {@code com.sun.tools.javac.comp.LambdaToMethod}). The number changes between builds.
   */
  private static String enclosingMethod(String methodName) {
    int end = methodName.lastIndexOf('$');
    return methodName.startsWith(LAMBDA_PREFIX) && end > LAMBDA_PREFIX.length()
        ? methodName.substring(LAMBDA_PREFIX.length(), end)
        : methodName;
  }

  /** Goes back no further than to the last star, so that no pattern is slow. */
  private boolean isMatch(String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
