package dev.closewait.junit;

import java.net.CloseWaitEvent;
import java.net.CloseWaitRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test has left connections open that their peers had closed; where they were opened, and where
 * the end of the stream was read, are suppressed exceptions with those stacks.
 */
public final class SocketLeakError extends AssertionError {
  private static final long serialVersionUID = 1L;
  private static final int MOST_SHOWN = 5;
  private static final String HOOKS = "java.net.CloseWait";

  private SocketLeakError(String message) {
    super(message);
  }

  static SocketLeakError of(String test, List<CloseWaitRecord> left) {
    String connections = left.size() == 1 ? "1 connection" : left.size() + " connections";
    SocketLeakError error =
        new SocketLeakError(test + " left " + connections + " open that the peer had closed");
    for (CloseWaitRecord entry : left.subList(0, Math.min(MOST_SHOWN, left.size()))) {
      error.show("opened here", entry.openStack());
      CloseWaitEvent eof = entry.eof();
      if (eof != null) {
        error.show("end of stream read here", eof.stack());
      }
    }
    return error;
  }

  private void show(String what, @Nullable Object stack) {
    StackTraceElement[] frames = frames(stack);
    if (frames.length > 0) {
      Place place = new Place(what);
      place.setStackTrace(frames);
      addSuppressed(place);
    }
  }

  private static StackTraceElement[] frames(@Nullable Object stack) {
    StackTraceElement[] all = new StackTraceElement[0];
    if (stack instanceof Throwable unresolved) {
      all = unresolved.getStackTrace();
    } else if (stack instanceof StackTraceElement[] resolved) {
      all = resolved;
    }
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : all) {
      if (!frame.getClassName().startsWith(HOOKS)) {
        frames.add(frame);
      }
    }
    return frames.toArray(new StackTraceElement[0]);
  }

  /** A stack with a name; not an error of its own. */
  private static final class Place extends Exception {
    private static final long serialVersionUID = 1L;

    Place(String what) {
      super(what);
    }

    /** A person reads it below the error: the name of this class would say nothing. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
      return String.valueOf(getMessage());
    }
  }
}
