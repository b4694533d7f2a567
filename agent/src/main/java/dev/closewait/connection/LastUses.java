package dev.closewait.connection;

import java.net.CloseWaitRecord;
import java.net.CloseWaitThread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record knows of the last use: when, where, and on which thread. */
final class LastUses {
  private LastUses() {}

  /** Null when no byte was read or written. */
  static @Nullable SocketEvent ofConnection(CloseWaitRecord entry) {
    Object stack = entry.lastUseStack();
    return event(entry, lastUser(entry, stack), stack);
  }

  /**
   * The first read that got nothing, while nothing was read or written; null otherwise, and without
   * its stack.
   */
  static @Nullable SocketEvent triedRead(CloseWaitRecord entry) {
    Object stack = entry.lastUseStack();
    CloseWaitThread reader = entry.threadOf(stack);
    if (entry.lastUseNanos() != 0 || stack == null || reader == null) {
      return null;
    }
    long atNanos = Math.max(entry.lastUseStackNanos(), entry.openedNanos());
    String name = SnapshotFactory.named(reader.name());
    return new SocketEvent(atNanos, name, SnapshotFactory.frames(stack), 1, null);
  }

  /** The last accept; null before the first. */
  static @Nullable SocketEvent ofListener(CloseWaitRecord entry) {
    return event(entry, entry.lastThread(), entry.lastUseStack());
  }

  private static @Nullable SocketEvent event(
      CloseWaitRecord entry, @Nullable CloseWaitThread user, @Nullable Object stack) {
    if (entry.lastUseNanos() == 0) {
      return null;
    }
    // The clock of the last use ticks behind: it cannot have been before the opening.
    return new SocketEvent(
        Math.max(entry.lastUseNanos(), entry.openedNanos()),
        user == null ? null : SnapshotFactory.named(user.name()),
        SnapshotFactory.frames(stack),
        1,
        null);
  }

  /**
   * Another thread may have seen the end or an error since: the stack knows its own. Null where a
   * stack of one thread would stand beside the name of another.
   */
  private static @Nullable CloseWaitThread lastUser(CloseWaitRecord entry, @Nullable Object stack) {
    CloseWaitThread last = entry.lastThread();
    CloseWaitThread ofStack = entry.threadOf(stack);
    if (ofStack == null) {
      return entry.eof() == null && entry.error() == null ? last : null;
    }
    return !entry.isLastUseStackOlder() || isSame(ofStack, last) ? ofStack : null;
  }

  /** Two holders may be of one thread: they are shared only while it is alive. */
  @SuppressWarnings("ReferenceEquality")
  static boolean isSame(CloseWaitThread one, @Nullable CloseWaitThread other) {
    Thread thread = one.get();
    return other == one || (other != null && thread != null && other.refersTo(thread));
  }

  /** Its stack, where it is of that very use and has been resolved. */
  static ThreadUses.Use use(CloseWaitRecord entry) {
    List<StackTraceElement> frames = SnapshotFactory.frames(entry.lastUseStack());
    return new ThreadUses.Use(
        entry.id(),
        entry.lastUseNanos(),
        entry.kind() == CloseWaitRecord.ACCEPTED,
        frames == null || entry.isLastUseStackOlder() || entry.lastUseNanos() == 0
            ? List.of()
            : frames);
  }
}
