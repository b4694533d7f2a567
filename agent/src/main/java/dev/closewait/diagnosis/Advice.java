package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.MethodExit;
import dev.closewait.connection.Registration;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.bytecode.Closing;
import dev.closewait.diagnosis.bytecode.Site;
import dev.closewait.diagnosis.bytecode.Skips;
import dev.closewait.diagnosis.bytecode.StackLook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts lines into the fix of a ruling and into its proof, where the bytecode names some. */
final class Advice {
  private final Ruling ruling;
  private final ConnectionSnapshot connection;
  private final StackLook look;

  /** True when the culprit's method was seen to return. */
  private final boolean hasReturned;

  private Advice(
      Ruling ruling, ConnectionSnapshot connection, StackLook look, boolean hasReturned) {
    this.ruling = ruling;
    this.connection = connection;
    this.look = look;
    this.hasReturned = hasReturned;
  }

  /** The same ruling, more precise where the bytecode lets it be. */
  static Ruling refine(Ruling ruling, @Nullable Culprit culprit, ConnectionSnapshot connection) {
    StackLook look = culprit == null ? null : culprit.code();
    if (culprit == null || look == null || !culprit.isOwn()) {
      return ruling;
    }
    for (MethodExit exit : connection.exitsSinceLastUse()) {
      if (exit.isOf(culprit.frame())) {
        look =
            exit.isByException()
                ? look.thrownAt(exit.firstLine())
                : look.returnedAt(exit.firstLine());
      }
    }
    Advice advice = new Advice(ruling, connection, look, hasReturned(ruling, culprit, connection));
    String fix = advice.fix();
    return ruling.refined(fix == null ? ruling.fix() : fix, advice.facts());
  }

  /** False also where the stack has the method twice, or another of its name: which has, then? */
  private static boolean hasReturned(
      Ruling ruling, Culprit culprit, ConnectionSnapshot connection) {
    boolean returned = false;
    for (MethodExit exit : connection.exitsSinceLastUse()) {
      if (exit.isOf(culprit.frame())) {
        if (exit.isByException()
            || ruling.blamed().get(0).stream().filter(exit::isOf).count() > 1) {
          return false;
        }
        returned = true;
      }
    }
    return returned;
  }

  private List<Evidence> facts() {
    List<String> facts = new ArrayList<>(look.problems());
    Closing closing = look.closing();
    if (closing != null) {
      String ran = closeRan(closing);
      String fact = ran == null ? CloseFacts.of(closing, look.place()) : ran;
      if (fact != null) {
        facts.add(fact);
      }
    }
    List<Evidence> evidence = new ArrayList<>();
    for (String fact : facts) {
      evidence.add(Evidence.of(Evidence.Source.BYTECODE, fact));
    }
    return evidence;
  }

  private @Nullable String closeRan(Closing closing) {
    return hasReturned ? CloseFacts.closeRan(closing, noun()) : null;
  }

  /** Null where the rule's own words are as good. */
  private @Nullable String fix() {
    Closing place = look.place();
    if (place == null) {
      return null;
    }
    return switch (ruling.cause()) {
      case UNREAD_DATA -> null;
      case BODY_NOT_CONSUMED, CLIENT_NOT_CLOSED -> appended(place);
      default -> place.isSomewhere() ? fixOfSkipped(place) : fixOfMissing(place);
    };
  }

  /** What to do is the library's matter, and where is not. */
  private @Nullable String appended(Closing place) {
    return place.isSomewhere() || place.handedOn() != null
        ? null
        : ruling.fix() + "; " + CloseFacts.neverClosed(place) + " (" + lines(place) + ")";
  }

  private String fixOfMissing(Closing place) {
    Site handedOn = place.handedOn();
    if (handedOn != null) {
      return "close the "
          + noun()
          + " where it ends up: "
          + CloseFacts.handedOn(place.method(), handedOn);
    }
    String fact = CloseFacts.neverClosed(place);
    boolean readsOn = place.skips().turning() && ruling.cause() == Cause.EOF_READ_NOT_CLOSED;
    if (readsOn || !isScoped(place)) {
      String leaving = readsOn ? ", and leave the loop" : "";
      return "close the " + noun() + moment(place) + leaving + ": " + fact;
    }
    return "use try-with-resources around " + lines(place) + ": " + fact;
  }

  private @Nullable String fixOfSkipped(Closing place) {
    String ran = closeRan(place);
    if (ran != null) {
      return ran + ": look there";
    }
    Skips skips = place.skips();
    String fact = CloseFacts.skipped(place);
    if (fact == null) {
      return null;
    }
    if (place.handedOn() != null && !skips.turning()) {
      return "close the " + noun() + whereLeftOpen(skips) + ": " + fact;
    }
    boolean isLate = skips.unreached() || skips.turning();
    if (isScoped(place) && CloseFacts.isTooEarly(place) && place.handedOn() == null) {
      return "make the "
          + noun()
          + " itself the first resource, try ("
          + noun()
          + "; ...): "
          + fact;
    }
    if (isScoped(place) && !isLate && !place.automatic() && place.handedOn() == null) {
      return "use try-with-resources around " + lines(place) + ": " + fact;
    }
    return "close the " + noun() + (isLate ? moment(place) : " then too") + ": " + fact;
  }

  /** Whoever has been given it may need it: it is not said to close it in any case. */
  private static String whereLeftOpen(Skips skips) {
    boolean isForCertain =
        skips.unreached() || (skips.throwing().isEmpty() && skips.returning().isEmpty());
    return isForCertain ? " where it ends up" : " then too, or where it ends up";
  }

  /** True when the connection lives no longer than one call of the method. */
  private boolean isScoped(Closing place) {
    Registration registration = connection.registration();
    boolean isEventDriven = registration != null && !registration.blocking();
    return !place.outlives() && !isEventDriven && connection.transport() != Transport.ASYNC_CHANNEL;
  }

  private String moment(Closing place) {
    int line = place.use().line();
    boolean isOwnCall = look.closing() != null && look.closing().use().equals(place.use());
    if (ruling.cause() == Cause.EOF_READ_NOT_CLOSED && isOwnCall) {
      return " when "
          + place.use().what()
          + " returns "
          + (place.use().what().equals("readLine") ? "null" : "-1")
          + " at line "
          + line;
    }
    return " after its use at line " + line;
  }

  private String noun() {
    return switch (connection.transport()) {
      case SOCKET -> "socket";
      default -> "channel";
    };
  }

  private static String lines(Closing place) {
    return place.firstLine() == place.lastLine()
        ? "line " + place.firstLine()
        : "lines " + place.firstLine() + "-" + place.lastLine();
  }
}
