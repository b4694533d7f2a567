package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.diagnosis.bytecode.Moment;
import dev.closewait.diagnosis.bytecode.StackLook;
import dev.closewait.diagnosis.bytecode.StackReader;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Picks the frame held responsible: of the first stack that has one, the innermost frame of the
 * application, or the innermost whose method closes the connection on some path, where somebody
 * should have closed.
 */
final class CulpritFinder {
  /** Of these, the method of a stack is at fault, and not a thread, a pool or a selector. */
  private static final Set<Cause> MISSING_CLOSE =
      EnumSet.of(
          Cause.EOF_READ_NOT_CLOSED,
          Cause.EXCEPTION_SKIPPED_CLOSE,
          Cause.DEAD_NOT_CLOSED,
          Cause.HALF_CLOSED,
          Cause.UNREAD_DATA,
          Cause.UNREACHABLE,
          Cause.UNKNOWN);

  /** Of these, the stack shows the call that returned what has to be closed. */
  private static final Set<Cause> OBJECT_NOT_CLOSED =
      EnumSet.of(Cause.BODY_NOT_CONSUMED, Cause.CLIENT_NOT_CLOSED);

  private final ApplicationFrames application;
  private final StackReader code;

  CulpritFinder(ApplicationFrames application) {
    this(application, ClassFiles.NONE);
  }

  CulpritFinder(ApplicationFrames application, ClassFiles files) {
    this.application = application;
    this.code = new StackReader(files, application);
  }

  /** Of one connection. */
  @Nullable Culprit find(Ruling ruling, ConnectionSnapshot connection) {
    List<List<StackTraceElement>> stacks = ruling.blamed();
    for (int i = 0; i < stacks.size(); i++) {
      Moment moment = moment(ruling.cause(), stacks.get(i), connection);
      StackLook look = moment == null ? null : code.read(stacks.get(i), moment);
      if (look != null && look.culprit() != null) {
        return new Culprit(look.culprit(), i == 0, i == 0 ? look : null);
      }
      if (look == null && application.innermost(stacks.get(i)) != null) {
        break;
      }
    }
    return find(stacks);
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

  /** True when the scan has read as much code as it may, and there is more. */
  boolean isExhausted() {
    return code.isExhausted();
  }

  /** Lets go of what one scan has read. */
  void endScan() {
    code.endScan();
  }

  /** Null when a stack shows something else than the connection's life, such as a thread's wait. */
  private static @Nullable Moment moment(
      Cause cause, List<StackTraceElement> stack, ConnectionSnapshot connection) {
    if (OBJECT_NOT_CLOSED.contains(cause)) {
      return Moment.OPENED;
    }
    if (stack.isEmpty() || !MISSING_CLOSE.contains(cause)) {
      return null;
    }
    if (cause == Cause.EOF_READ_NOT_CLOSED && isOf(connection.eof(), stack)) {
      return Moment.END_READ;
    }
    if (isOf(connection.error(), stack)) {
      return Moment.FAILED;
    }
    if (isOf(connection.eof(), stack)) {
      return Moment.END_READ;
    }
    if (isOf(connection.lastUse(), stack) || isOf(connection.triedRead(), stack)) {
      return Moment.USED;
    }
    return isOf(connection.opened(), stack) ? Moment.OPENED : null;
  }

  private static boolean isOf(@Nullable SocketEvent event, List<StackTraceElement> stack) {
    return event != null && event.frames().equals(stack);
  }
}
