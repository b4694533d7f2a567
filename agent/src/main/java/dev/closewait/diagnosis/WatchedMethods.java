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
   * innermost method first.
   */
  Watched of(LeakGroup leak) {
    Selection selection = new Selection();
    for (LeakedConnection example : leak.examples()) {
      ConnectionSnapshot connection = example.record();
      if (connection != null) {
        selection.add(connection.eof());
        selection.add(connection.error());
        selection.add(connection.lastUse());
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

    void add(@Nullable SocketEvent event) {
      if (event == null) {
        return;
      }
      for (StackTraceElement frame : event.frames()) {
        String method = frame.getClassName() + "." + frame.getMethodName();
        boolean isChosen = methods.contains(method);
        if (application.test(frame) && (isChosen || methods.size() < MAX_METHODS)) {
          methods.add(method);
          frames.add(frame);
        }
      }
    }
  }
}
