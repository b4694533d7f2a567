package dev.closewait.diagnosis;

import dev.closewait.diagnosis.bytecode.Closing;
import dev.closewait.diagnosis.bytecode.Site;
import dev.closewait.diagnosis.bytecode.Skips;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the bytecode of a method says about its close, in words. */
final class CloseFacts {
  /** More lines than that nobody reads in one sentence. */
  private static final int MAX_LINES = 3;

  /** Any line may have one: which, the closer look tells. */
  private static final String UNLESS_ERROR =
      ", unless a runtime error, such as a null or an index out of bounds, comes between";

  private CloseFacts() {}

  /**
   * One line of proof; null when there is nothing to say.
   *
   * @param place the method to change, which may be a caller
   */
  static @Nullable String of(Closing closing, @Nullable Closing place) {
    if (closing.isSomewhere()) {
      String skipped = skipped(closing);
      return skipped == null
          ? "every way on from line "
              + closing.use().line()
              + " of "
              + closing.method()
              + " comes to "
              + closes(closing)
              + (closing.skips().errors() ? UNLESS_ERROR : "")
          : skipped;
    }
    Closing shown = place == null ? closing : place;
    Site handedOn = shown.handedOn();
    return handedOn == null ? neverClosed(shown) : handedOn(shown.method(), handedOn);
  }

  static String handedOn(String method, Site handedOn) {
    return method + " hands it on at line " + handedOn.line() + " (" + handedOn.what() + ")";
  }

  static String neverClosed(Closing closing) {
    if (closing.lookedInto().isEmpty()) {
      return "no path of " + closing.method() + " closes it";
    }
    return "neither "
        + closing.method()
        + " nor "
        + String.join(" nor ", closing.lookedInto())
        + " closes it";
  }

  /** Null when every way on closes. */
  static @Nullable String skipped(Closing closing) {
    String past = past(closing);
    Site handedOn = closing.handedOn();
    return past == null || handedOn == null
        ? past
        : past + "; " + handedOn(closing.method(), handedOn);
  }

  private static @Nullable String past(Closing closing) {
    Skips skips = closing.skips();
    String close = closes(closing);
    String when = when(skips);
    if (!skips.branching().isEmpty()) {
      return close
          + " depends on the condition at "
          + lines(skips.branching(), "and")
          + (when == null ? "" : ", and is skipped when " + when);
    }
    if (skips.unreached() && skips.returning().isEmpty()) {
      return "from line "
          + closing.use().line()
          + " on, no path of "
          + closing.method()
          + " comes to "
          + close
          + " unless something throws";
    }
    if (when != null) {
      return "when "
          + when
          + ", "
          + (isTooEarly(closing)
              ? "there is nothing yet that would close it"
              : close + " is skipped");
    }
    return skips.turning() ? "a loop goes on without " + close : null;
  }

  /** True when all that can go wrong does before the try-with-resources statement has it. */
  static boolean isTooEarly(Closing closing) {
    return closing.automatic()
        && closing.skips().isNoneNormally()
        && !closing.skips().throwing().isEmpty();
  }

  private static @Nullable String when(Skips skips) {
    List<String> when = new ArrayList<>();
    // Everybody sees what returns; what may throw is less certain.
    if (!skips.returning().isEmpty()) {
      when.add(lines(skips.returning(), "or") + " returns");
    }
    if (!skips.throwing().isEmpty()) {
      when.add(lines(skips.throwing(), "or") + " throws");
    }
    return when.isEmpty() ? null : String.join(" or ", when);
  }

  /** Of a method that has returned; null when it may have done so without a close. */
  static @Nullable String closeRan(Closing closing, String noun) {
    return closing.beforeReturn() == null
        ? null
        : closes(closing, "or")
            + " ("
            + closing.beforeReturn()
            + ") ran, and the "
            + noun
            + " is still open";
  }

  /** {@code close() at line 63}. */
  private static String closes(Closing closing) {
    return closes(closing, "and");
  }

  private static String closes(Closing closing, String last) {
    String name = closing.closes().get(0).what();
    List<Integer> lines = new ArrayList<>();
    for (Site close : closing.closes()) {
      if (close.what().equals(name) && !lines.contains(close.line())) {
        lines.add(close.line());
      }
    }
    return name + "() at " + lines(lines, last);
  }

  private static String lines(List<Integer> lines, String last) {
    if (lines.size() == 1) {
      return "line " + lines.get(0);
    }
    StringBuilder text = new StringBuilder(last.equals("and") ? "lines " : "line ");
    int shown = Math.min(lines.size(), MAX_LINES);
    for (int i = 0; i < shown; i++) {
      boolean isLast = i == lines.size() - 1;
      text.append(i == 0 ? "" : isLast ? " " + last + " " : ", ").append(lines.get(i));
    }
    return lines.size() > shown
        ? text.append(" ")
            .append(last)
            .append(" ")
            .append(lines.size() - shown)
            .append(" more")
            .toString()
        : text.toString();
  }
}
