package dev.closewait.report.text;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.report.FrameFormat;
import dev.closewait.report.text.TextLines.Colour;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what happened to one connection of a leak group, each stack only once. */
final class EventText {

  private static final String BOUND = "bound";
  private static final String EOF_READ = "EOF read";
  private static final String LAST_USED = "last used";
  private static final String TRIED = "tried";
  private static final String ERROR = "error";
  private static final String CLOSE = "close()";
  private static final String SAME_PLACE = "(the same place)";
  private static final String CULPRIT_MARK = "<- culprit";
  private static final int MAX_THREAD_NAME = 40;

  private final TextLines lines;
  private final TextStyle style;
  private final LeakGroup leak;
  private final long nowNanos;
  private final Set<FoldedStack> shown = new HashSet<>();

  EventText(TextLines lines, TextStyle style, LeakGroup leak, long nowNanos) {
    this.lines = lines;
    this.style = style;
    this.leak = leak;
    this.nowNanos = nowNanos;
  }

  void write(ConnectionSnapshot snapshot) {
    writeOpened(snapshot);
    writeEvent(EOF_READ, snapshot.eof());
    writeLastUse(snapshot);
    writeError(snapshot.error());
    writeEvent(CLOSE, snapshot.closeRequest());
    writeRegistration(snapshot.registration());
    new NettyText(lines).write(snapshot.netty());
  }

  /** Thread and time of the event that the culprit's line stands for, when it stands for one. */
  String noteOfRole(@Nullable ConnectionSnapshot snapshot) {
    SocketEvent event = snapshot == null ? null : eventOfRole(snapshot);
    if (event == null && snapshot != null && snapshot.netty() != null) {
      return NettyText.noteOfCulprit(snapshot.netty(), leak.culprit());
    }
    return event == null ? "" : note(event);
  }

  /** Writes the stack below an evidence, unless the report has shown it. */
  void writeStackOnce(List<StackTraceElement> frames) {
    FoldedStack stack = fold(frames);
    if (shown.add(stack)) {
      for (FoldedStack.Line line : stack.lines()) {
        lines.belowSourced(line.isCulprit() ? line.text() + "  " + CULPRIT_MARK : line.text());
      }
    }
  }

  private @Nullable SocketEvent eventOfRole(ConnectionSnapshot snapshot) {
    String role = leak.role();
    if (role.equals(openLabel(snapshot))) {
      return snapshot.opened();
    }
    ListenerSnapshot listener = snapshot.listener();
    return switch (role) {
      case BOUND -> listener == null ? null : listener.bound();
      case EOF_READ -> snapshot.eof();
      case LAST_USED -> snapshot.lastUse();
      case ERROR -> snapshot.error();
      case CLOSE -> snapshot.closeRequest();
      default -> null;
    };
  }

  private static String openLabel(ConnectionSnapshot snapshot) {
    return switch (snapshot.direction()) {
      case ACCEPTED -> "accepted";
      case CONNECTED -> "connected";
      case UNKNOWN -> "opened";
    };
  }

  private void writeOpened(ConnectionSnapshot snapshot) {
    SocketEvent opened = snapshot.opened();
    if (snapshot.netty() != null) {
      writeSetUp(snapshot, snapshot.netty());
      return;
    }
    boolean hasStack = !opened.frames().isEmpty();
    if (hasStack || snapshot.direction() != Direction.UNKNOWN) {
      writePlace(openLabel(snapshot), opened);
    }
    ListenerSnapshot listener = snapshot.listener();
    if (listener != null && (!hasStack || leak.kind() == SocketKind.LISTENER)) {
      writePlace(BOUND, listener.bound());
    }
  }

  /** An event loop has opened it, whose stack says nothing: who has set it up does. */
  private void writeSetUp(ConnectionSnapshot snapshot, NettyChannel channel) {
    lines.labelled(openLabel(snapshot), note(snapshot.opened()));
    NettyChannel origin = channel.server() == null ? channel : channel.server();
    SocketEvent setUp = NettyText.setUp(origin, style.isApplication());
    if (setUp != null) {
      writePlace(channel.server() == null ? "set up" : BOUND, setUp);
    }
  }

  /** One frame is enough for where a connection comes from. */
  private void writePlace(String label, SocketEvent event) {
    if (label.equals(leak.role())) {
      return;
    }
    StackTraceElement frame = FoldedStack.innermost(event.frames(), style.isApplication());
    if (frame == null) {
      boolean taken = !event.frames().isEmpty();
      lines.labelled(label, note(event) + (taken ? "; only JDK frames" : "; no stack was taken"));
      return;
    }
    String place = frame.equals(leak.culprit()) ? SAME_PLACE : FrameFormat.format(frame);
    lines.noted(label, Colour.NONE, place, note(event));
  }

  private void writeLastUse(ConnectionSnapshot snapshot) {
    SocketEvent lastUse = snapshot.lastUse();
    SocketEvent end = snapshot.eof() != null ? snapshot.eof() : snapshot.error();
    if (lastUse != null && end != null) {
      writeUseBefore(end, lastUse);
      return;
    }
    if (lastUse != null) {
      boolean written = writeEvent(LAST_USED, lastUse);
      if (written && snapshot.lastUseStackIsOlder() && !lastUse.frames().isEmpty()) {
        lines.labelled("", "(the stack is of an earlier use)");
      }
      return;
    }
    boolean neverUsed = snapshot.reads() == 0 && snapshot.writes() == 0 && snapshot.eof() == null;
    boolean watchedFromTheStart = snapshot.direction() != Direction.UNKNOWN;
    if (neverUsed && watchedFromTheStart && leak.cause() != Cause.ACCEPTED_NEVER_READ) {
      lines.labelled(LAST_USED, "never: no byte was read or written");
      writeEvent(TRIED, snapshot.triedRead());
    }
  }

  /** The end was seen after it: its place is enough, and nothing when that is the same method. */
  private void writeUseBefore(SocketEvent end, SocketEvent lastUse) {
    StackTraceElement ended = FoldedStack.innermost(end.frames(), style.isApplication());
    StackTraceElement used = FoldedStack.innermost(lastUse.frames(), style.isApplication());
    boolean sameMethod =
        ended != null
            && used != null
            && ended.getClassName().equals(used.getClassName())
            && ended.getMethodName().equals(used.getMethodName());
    if (used != null && !sameMethod) {
      writePlace(LAST_USED, lastUse);
    }
  }

  private void writeError(@Nullable SocketEvent error) {
    if (error == null) {
      return;
    }
    lines.noted(
        ERROR, Colour.NONE, error.detail() == null ? "not known" : error.detail(), note(error));
    FoldedStack stack = fold(error.frames());
    if (shown.add(stack)) {
      writeLines(stack, 0);
    }
  }

  /** Returns false when there was nothing to write. */
  private boolean writeEvent(String label, @Nullable SocketEvent event) {
    if (event == null || label.equals(leak.role())) {
      return false;
    }
    FoldedStack stack = fold(event.frames());
    if (stack.lines().isEmpty()) {
      lines.labelled(label, note(event) + "; no stack was taken");
      return true;
    }
    if (shown.add(stack)) {
      lines.noted(label, Colour.NONE, stack.lines().get(0).text(), note(event));
      writeLines(stack, 1);
      return true;
    }
    lines.noted(label, Colour.NONE, SAME_PLACE, note(event));
    return true;
  }

  private void writeLines(FoldedStack stack, int from) {
    for (FoldedStack.Line line : stack.lines().subList(from, stack.lines().size())) {
      lines.noted("", Colour.NONE, line.text(), line.isCulprit() ? CULPRIT_MARK : "");
    }
  }

  /**
   * Only where no rule has explained the connection: elsewhere the proof says what matters of it.
   */
  private void writeRegistration(@Nullable Registration registration) {
    if (registration == null || registration.blocking() || leak.cause() != Cause.UNKNOWN) {
      return;
    }
    lines.labelled(
        "selector",
        registration.registered()
            ? "registered, interest " + registration.interestNames()
            : "not registered with any");
  }

  private FoldedStack fold(List<StackTraceElement> frames) {
    return FoldedStack.of(frames, leak.culprit(), style.isApplication());
  }

  private String note(SocketEvent event) {
    StringBuilder note = new StringBuilder();
    if (event.threadName() != null) {
      note.append(Phrases.shorten(Phrases.ascii(event.threadName()), MAX_THREAD_NAME));
      note.append(", ");
    }
    note.append(Phrases.duration(nowNanos - event.atNanos())).append(" ago");
    if (event.count() > 1) {
      note.append(", ").append(Phrases.number(event.count())).append(" times");
    }
    return note.toString();
  }
}
