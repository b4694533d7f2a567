package dev.closewait.diagnosis.rules;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.SocketEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks of a connection in the order in which they are asked for a culprit. */
public final class OriginStacks {
  private OriginStacks() {}

  /** Where it was opened, then where the listening socket was bound that accepted it. */
  public static List<List<StackTraceElement>> of(ConnectionSnapshot connection) {
    return after(connection);
  }

  /** The given events, then {@link #of}. */
  static List<List<StackTraceElement>> after(
      ConnectionSnapshot connection, @Nullable SocketEvent... events) {
    List<List<StackTraceElement>> stacks = new ArrayList<>();
    for (SocketEvent event : events) {
      if (event != null) {
        stacks.add(event.frames());
      }
    }
    stacks.add(connection.opened().frames());
    if (connection.netty() != null) {
      stacks.addAll(connection.netty().setUpStacks());
    }
    ListenerSnapshot listener = connection.listener();
    if (listener != null) {
      stacks.add(listener.bound().frames());
    }
    return stacks;
  }
}
