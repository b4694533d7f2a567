package dev.closewait.diagnosis;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts the culprit into the sentence of a ruling, and never a frame that did something else. */
final class Sentence {
  private static final String PLACE = "%s";

  private Sentence() {}

  /**
   * Where only the stack of the opening has a frame of the application, that frame opened the
   * connection; whatever the ruling is about, a library did, or no stack was taken.
   */
  static String of(Ruling ruling, @Nullable Culprit culprit) {
    if (culprit != null && culprit.isOwn()) {
      return ruling.reason().replace(PLACE, shortName(culprit.frame()));
    }
    boolean hasStack = !ruling.blamed().isEmpty() && !ruling.blamed().get(0).isEmpty();
    String subject = hasStack ? "library code" : "code whose stack was not taken";
    String sentence = capitalised(ruling.reason().replace(PLACE, subject));
    return culprit == null
        ? sentence
        : sentence + " It was opened or set up by " + shortName(culprit.frame()) + ".";
  }

  private static String shortName(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
  }

  private static String capitalised(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
