package dev.closewait.report.text;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.FrameFormat;
import dev.closewait.report.text.TextLines.Colour;
import org.jspecify.annotations.Nullable;

/** Writes all there is to say about one leak group. */
final class GroupText {

  private static final double SLOWEST_GROWTH_SHOWN = 0.05;
  private static final int MORE_THAN_STACKS = 100;

  private final TextLines lines;
  private final TextStyle style;
  private final LeakGroup leak;
  private final EventText events;
  private final @Nullable LeakedConnection example;

  GroupText(TextLines lines, TextStyle style, LeakGroup leak, long nowNanos) {
    this.lines = lines;
    this.style = style;
    this.leak = leak;
    this.events = new EventText(lines, style, leak, nowNanos);
    this.example = mostTelling();
  }

  void write(String shortFingerprint) {
    heading(lines, leak, shortFingerprint, netty() + "   " + size() + growth());
    lines.paragraph(2, leak.reason());
    writeCulprit();
    lines.labelled("fix", leak.fix());
    new LocksText(lines, style).write(leak.locks());
    // What nobody has accepted cannot have a stack.
    if (leak.sampled() < leak.count() && leak.kind() != SocketKind.LISTENER) {
      lines.labelled(
          "sampled",
          Phrases.number(leak.sampled())
              + " of "
              + Phrases.count(leak.count(), "connection")
              + " have stacks of their own");
    }
    if (example != null && example.record() != null) {
      events.write(example.record());
    }
    writeProof();
    writeExample();
  }

  private String netty() {
    ConnectionSnapshot snapshot = example == null ? null : example.record();
    return snapshot == null ? "" : NettyText.version(snapshot.transport(), snapshot.netty());
  }

  /** The first line of a group, up to what differs between a full and a short one. */
  static void heading(TextLines lines, LeakGroup leak, String shortFingerprint, String rest) {
    lines.heading(
        leak.verdict() == Verdict.LEAK ? Colour.RED : Colour.YELLOW,
        leak.verdict().name(),
        "  " + shortFingerprint + "  " + leak.cause() + rest);
  }

  /**
   * The first of those that the reason holds for that have most stacks, before all one of which it
   * is known how its methods were left; the oldest one may have none.
   */
  private @Nullable LeakedConnection mostTelling() {
    LeakedConnection best = null;
    int bestStacks = -1;
    for (LeakedConnection candidate : leak.alike()) {
      int stacks = stacks(candidate.record());
      if (stacks > bestStacks) {
        best = candidate;
        bestStacks = stacks;
      }
    }
    return best;
  }

  private static int stacks(@Nullable ConnectionSnapshot snapshot) {
    if (snapshot == null) {
      return 0;
    }
    return stack(snapshot.opened())
        + stack(snapshot.eof())
        + stack(snapshot.lastUse())
        + stack(snapshot.error())
        + stack(snapshot.closeRequest())
        + (snapshot.exitsSinceLastUse().isEmpty() ? 0 : MORE_THAN_STACKS);
  }

  private static int stack(@Nullable SocketEvent event) {
    return event == null || event.frames().isEmpty() ? 0 : 1;
  }

  private String size() {
    String connections = Phrases.count(leak.count(), "connection");
    if (waitsInAcceptQueue()) {
      connections += leak.count() == 1 ? " waits" : " wait";
      connections += " in the accept queue" + ofPort();
    }
    return connections + Phrases.ages(leak.count(), leak.oldestNanos());
  }

  private boolean waitsInAcceptQueue() {
    return leak.kind() == SocketKind.LISTENER && example != null && example.inode() == 0;
  }

  /** Empty when the examples do not agree: one place may bind many ports. */
  private String ofPort() {
    int port = leak.examples().get(0).local().port();
    for (LeakedConnection other : leak.examples()) {
      if (other.local().port() != port) {
        return "";
      }
    }
    return " of port " + port;
  }

  private String growth() {
    double growth = leak.growthPerMinute();
    return Double.isFinite(growth) && growth >= SLOWEST_GROWTH_SHOWN
        ? ", " + Phrases.decimal(growth) + " more a minute"
        : "";
  }

  private void writeCulprit() {
    StackTraceElement culprit = leak.culprit();
    if (culprit == null) {
      lines.labelled(leak.role(), "not known: no frame of the application is on any stack");
      return;
    }
    String note = example == null ? "" : events.noteOfRole(example.record());
    lines.noted(leak.role(), Colour.BOLD, FrameFormat.format(culprit), note);
  }

  private void writeProof() {
    String label = "proof";
    for (Evidence evidence : leak.evidence()) {
      lines.sourced(label, evidence.source().name(), evidence.fact());
      events.writeStackOnce(evidence.stack());
      label = "";
    }
  }

  private void writeExample() {
    if (example == null) {
      return;
    }
    StringBuilder text = new StringBuilder(64);
    if (example.local().isKnown() || example.remote().isKnown()) {
      text.append(example.local()).append(arrow(example.record())).append(example.remote());
    } else {
      text.append("addresses not known");
    }
    if (example.record() != null) {
      text.append("  fd ").append(example.record().descriptor());
    }
    TcpState state = example.state();
    if (state != null && state != TcpState.CLOSE_WAIT) {
      text.append("  ").append(state.reportName());
    }
    int others = leak.examples().size() - 1;
    if (style.jsonReport() && others > 0) {
      text.append("   (").append(Phrases.number(others)).append(" more in the JSON report)");
    }
    lines.labelled("example", text.toString());
  }

  private String arrow(@Nullable ConnectionSnapshot snapshot) {
    if (snapshot == null) {
      return leak.kind() == SocketKind.LISTENER ? " <- " : " -- ";
    }
    if (snapshot.direction() == Direction.UNKNOWN) {
      return " -- ";
    }
    return snapshot.direction() == Direction.ACCEPTED ? " <- " : " -> ";
  }
}
