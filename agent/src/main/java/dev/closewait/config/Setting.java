package dev.closewait.config;

/**
 * The value of one option as somebody wrote it.
 *
 * @param origin where it was written, as {@code (environment CLOSEWAIT_THRESHOLD)}; empty for the
 *     agent argument, which the user has in front of them
 */
record Setting(AgentOption option, String text, String origin) {
  private static final int LONGEST_QUOTE = 60;

  /** The complaint {@code key=text problem (cure)}. */
  OptionException wrong(String problem, String cure) {
    return new OptionException(
        option.key() + "=" + quoted(text) + " " + problem + " (" + cure + ")" + suffix(origin));
  }

  static String suffix(String origin) {
    return origin.isEmpty() ? "" : " (" + origin + ")";
  }

  /** Long text is cut: the complaint has to stay one readable line. */
  static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }
}
