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
  @Nullable Culprit find(List<List<StackTraceElement>> stacks) {
    for (int i = 0; i < stacks.size(); i++) {
      StackTraceElement frame = application.innermost(stacks.get(i));
      if (frame != null) {
        return new Culprit(frame, i == 0);
      }
    }
    for (int i = 0; i < stacks.size(); i++) {
      for (StackTraceElement frame : stacks.get(i)) {
        if (!application.isJdk(frame)) {
          return new Culprit(frame, i == 0);
        }
      }
    }
    return null;
  }
}
