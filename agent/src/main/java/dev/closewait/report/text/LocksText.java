package dev.closewait.report.text;

import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.ThreadAccount;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import dev.closewait.report.FrameFormat;
import dev.closewait.report.text.TextLines.Colour;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a thread waits for, who holds that, and what he does meanwhile. */
final class LocksText {

  private final TextLines lines;
  private final TextStyle style;

  LocksText(TextLines lines, TextStyle style) {
    this.lines = lines;
    this.style = style;
  }

  void write(LockChain locks) {
    if (locks.isDeadlocked()) {
      writeDeadlock(locks);
      return;
    }
    String label = "waits for";
    for (int i = 0; i + 1 < locks.threads().size(); i++) {
      Awaited awaited = locks.threads().get(i).awaits();
      if (awaited != null) {
        ThreadAccount holder = locks.threads().get(i + 1);
        String waiting = i == 0 ? "" : locks.threads().get(i).name() + " waits for ";
        lines.labelled(label, waiting + awaited.lock() + ", held by " + holder.name() + ":");
        writeHolder(awaited, holder);
        label = "";
      }
    }
    writeWithoutHolder(label, locks.last());
  }

  /** Each thread on a line of its own, closed to a circle. */
  private void writeDeadlock(LockChain locks) {
    String label = "deadlock";
    for (ThreadAccount member : locks.cycle()) {
      Awaited awaited = member.awaits();
      if (awaited != null) {
        StackTraceElement waits = FoldedStack.innermost(member.stack(), style.isApplication());
        lines.labelled(
            label,
            member.name() + " waits for " + awaited.lock() + ", held by " + awaited.holder() + ":");
        writeFrame(waits, "<- " + member.name() + " waits");
        writeFrame(awaited.heldAt(), "<- " + awaited.holder() + " holds it");
        label = "";
      }
    }
  }

  /** Where it took the lock, when that is told and is another line than where it stands. */
  private void writeHolder(Awaited awaited, ThreadAccount holder) {
    StackTraceElement stands = FoldedStack.innermost(holder.stack(), style.isApplication());
    StackTraceElement heldAt = awaited.heldAt();
    String inside = inside(holder.stack(), stands);
    boolean samePlace = heldAt == null || heldAt.equals(stands);
    writeFrame(stands, "<- " + (samePlace ? "holds it" : "stands") + inside);
    if (!samePlace) {
      writeFrame(heldAt, "<- holds it");
    }
  }

  private void writeFrame(@Nullable StackTraceElement frame, String note) {
    if (frame != null) {
      lines.noted("", Colour.NONE, FrameFormat.format(frame), note);
    }
  }

  private void writeWithoutHolder(String label, @Nullable ThreadAccount last) {
    Awaited awaited = last == null ? null : last.awaits();
    if (last != null && awaited != null && awaited.holder() == null) {
      String who = label.isEmpty() ? last.name() + " waits for " : "";
      lines.labelled(
          label,
          who
              + awaited.lock()
              + switch (awaited.kind()) {
                case MONITOR -> "; the JVM does not tell who holds it";
                case NOTIFICATION -> "; until somebody notifies it";
                case SYNCHRONIZER -> "; no thread holds it";
              });
    }
  }

  /** The call that the frame has made: {@code , in Thread.sleep}. */
  private static String inside(List<StackTraceElement> stack, @Nullable StackTraceElement stands) {
    int index = stands == null ? -1 : stack.indexOf(stands);
    if (index <= 0) {
      return "";
    }
    StackTraceElement called = stack.get(index - 1);
    String type = called.getClassName();
    return ", in " + type.substring(type.lastIndexOf('.') + 1) + "." + called.getMethodName();
  }
}
