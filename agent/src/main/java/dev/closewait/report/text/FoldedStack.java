package dev.closewait.report.text;

import dev.closewait.report.FrameFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stack reduced to what a reader needs: the frames of the application, the rest counted.
 *
 * <p>The library that made the observed call is kept as one frame, as it says who did it; the JDK's
 * frames below it say nothing that the label does not.
 */
record FoldedStack(List<Line> lines) {

  static final int MAX_APPLICATION_FRAMES = 12;

  private static final String[] JDK_PACKAGES = {"java.", "javax.", "jdk.", "sun.", "com.sun."};

  /** One line: a frame, or a count of those left out. */
  record Line(String text, boolean isCulprit) {}

  static FoldedStack of(
      List<StackTraceElement> frames,
      @Nullable StackTraceElement culprit,
      Predicate<StackTraceElement> isApplication) {
    return new FoldedStack(new Folding(culprit, isApplication).fold(frames));
  }

  /**
   * The frame to name when there is room for one: the innermost of the application, else of a
   * library; null where only the JDK's are on the stack.
   */
  static @Nullable StackTraceElement innermost(
      List<StackTraceElement> frames, Predicate<StackTraceElement> isApplication) {
    StackTraceElement library = null;
    for (StackTraceElement frame : frames) {
      if (isApplication.test(frame)) {
        return frame;
      }
      if (library == null && !isJdk(frame)) {
        library = frame;
      }
    }
    return library;
  }

  private static boolean isJdk(StackTraceElement frame) {
    for (String jdkPackage : JDK_PACKAGES) {
      if (frame.getClassName().startsWith(jdkPackage)) {
        return true;
      }
    }
    return false;
  }

  /** The walk over one stack, innermost frame first. */
  private static final class Folding {

    private final @Nullable StackTraceElement culprit;
    private final Predicate<StackTraceElement> isApplication;
    private final List<Line> lines = new ArrayList<>();
    private boolean culpritSeen;
    private int applicationFrames;
    private int skippedApplicationFrames;
    private int skippedLibraryFrames;
    private int skippedJdkFrames;

    Folding(@Nullable StackTraceElement culprit, Predicate<StackTraceElement> isApplication) {
      this.culprit = culprit;
      this.isApplication = isApplication;
    }

    List<Line> fold(List<StackTraceElement> frames) {
      for (StackTraceElement frame : frames) {
        if (isApplication.test(frame) || frame.equals(culprit)) {
          addApplicationFrame(frame);
        } else if (isJdk(frame)) {
          skippedJdkFrames++;
        } else {
          addLibraryFrame(frame);
        }
      }
      if (lines.isEmpty() && !frames.isEmpty()) {
        lines.add(new Line(FrameFormat.format(frames.get(0)), false));
        skippedJdkFrames--;
      }
      endRun();
      return lines;
    }

    private void addApplicationFrame(StackTraceElement frame) {
      boolean isCulprit = !culpritSeen && frame.equals(culprit);
      if (applicationFrames >= MAX_APPLICATION_FRAMES && !isCulprit) {
        skippedApplicationFrames++;
        return;
      }
      startLine();
      lines.add(new Line(FrameFormat.format(frame), isCulprit));
      culpritSeen |= isCulprit;
      applicationFrames++;
    }

    private void addLibraryFrame(StackTraceElement frame) {
      if (lines.isEmpty()) {
        startLine();
        lines.add(new Line(FrameFormat.format(frame), false));
      } else {
        skippedLibraryFrames++;
      }
    }

    private void startLine() {
      if (lines.isEmpty()) {
        skippedJdkFrames = 0;
      }
      endRun();
    }

    private void endRun() {
      int skipped = skippedApplicationFrames + skippedLibraryFrames + skippedJdkFrames;
      if (skipped > 0) {
        lines.add(new Line("... " + Phrases.count(skipped, kind() + "frame"), false));
      }
      skippedApplicationFrames = 0;
      skippedLibraryFrames = 0;
      skippedJdkFrames = 0;
    }

    private String kind() {
      if (skippedApplicationFrames > 0) {
        return "more ";
      }
      if (skippedLibraryFrames == 0) {
        return "JDK ";
      }
      return skippedJdkFrames == 0 ? "library " : "library and JDK ";
    }
  }
}
