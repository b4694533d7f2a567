package dev.closewait.diagnosis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Picks the frame held responsible: of the first stack that has one, the innermost frame of the
 * application.
 */
final class CulpritFinder {
  private final ApplicationFrames application;

  CulpritFinder(ApplicationFrames application) {
    this.application = application;
  }

  /**
   * A frame of a library stands in only where no stack at all has a frame of the application; null
   * when there is not even that.
   */
  @Nullable StackTraceElement find(List<List<StackTraceElement>> stacks) {
    for (List<StackTraceElement> stack : stacks) {
      StackTraceElement frame = application.innermost(stack);
      if (frame != null) {
        return frame;
      }
    }
    for (List<StackTraceElement> stack : stacks) {
      for (StackTraceElement frame : stack) {
        if (!isJdk(frame)) {
          return frame;
        }
      }
    }
    return null;
  }

  private static boolean isJdk(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.")
        || name.startsWith("com.sun.");
  }
}
