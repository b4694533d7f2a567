package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.SocketEvent;
import dev.closewait.instrument.watch.MethodWatch.Watched;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses the methods of the application that stand on the stacks of a leak group. */
final class WatchedMethods {
  private static final int MAX_METHODS = 8;

  private final ApplicationFrames application;

  WatchedMethods(ApplicationFrames application) {
    this.application = application;
  }

  /**
   * Where the connections ended or were used last comes before where they were opened, and the
   * innermost method first. None as long as every thread stands in the culprit's method yet.
   *
   * <p>A class that a thread stands in is left alone, unless it is the culprit's: in calls that are
   * running when their class is retransformed, {@code StackWalker} finds no lines until they
   * return, and a run loop never does (HotSpot 17 and 25).
   */
  Watched of(LeakGroup leak) {
    PresentStacks present = PresentStacks.of(leak);
    if (!present.isLeft()) {
      return new Watched(Set.of(), Set.of());
    }
    Selection selection = new Selection(leak.culprit(), present.classes());
    for (LeakedConnection example : leak.examples()) {
      ConnectionSnapshot connection = example.record();
      if (connection != null) {
        selection.add(connection.eof());
        selection.add(connection.error());
        selection.add(connection.lastUse());
        selection.add(connection.triedRead());
        selection.ports.add(
            connection.direction() == Direction.CONNECTED
                ? connection.remote().port()
                : connection.local().port());
      }
    }
    for (LeakedConnection example : leak.examples()) {
      if (example.record() != null) {
        selection.add(example.record().opened());
      }
    }
    return new Watched(selection.frames, selection.ports);
  }

  private final class Selection {
    final Set<StackTraceElement> frames = new LinkedHashSet<>();
    final Set<Integer> ports = new HashSet<>();
    private final Set<String> methods = new HashSet<>();
    private final Set<String> leftAlone;

    Selection(@Nullable StackTraceElement culprit, Set<String> standing) {
      leftAlone = new HashSet<>(standing);
      if (culprit != null) {
        leftAlone.remove(culprit.getClassName());
      }
    }

    void add(@Nullable SocketEvent event) {
      if (event == null) {
        return;
      }
      for (StackTraceElement frame : event.frames()) {
        String method = frame.getClassName() + "." + frame.getMethodName();
        boolean isChosen = methods.contains(method);
        if (application.test(frame)
            && !leftAlone.contains(frame.getClassName())
            && (isChosen || methods.size() < MAX_METHODS)) {
          methods.add(method);
          frames.add(frame);
        }
      }
    }
  }
}
