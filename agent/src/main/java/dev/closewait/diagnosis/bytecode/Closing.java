package dev.closewait.diagnosis.bytecode;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the bytecode of one method on a stack says about closing the connection.
 *
 * @param method its class without package, and its name
 * @param use the line of the stack, and the method called there
 * @param closes the calls that close the connection, in the order of their lines; empty when no
 *     path closes it
 * @param skips how the method gets past them from {@code use} on
 * @param lookedInto methods of the same class that are given a new connection, and do not close it
 * @param handedOn where it gives the connection to somebody else, and goes on without a close; null
 *     when it does not
 * @param firstLine the first line that has to do with the connection
 * @param lastLine the last such line
 * @param outlives true when the connection belongs to an object that outlives the method
 * @param automatic true when a try-with-resources statement closes the connection, once it has it
 * @param beforeReturn what has been called to close it whenever the method has returned, such as
 *     {@code Session.close}; null when that is not certain, or is the JDK's
 */
public record Closing(
    String method,
    Site use,
    List<Site> closes,
    Skips skips,
    List<String> lookedInto,
    @Nullable Site handedOn,
    int firstLine,
    int lastLine,
    boolean outlives,
    boolean automatic,
    @Nullable String beforeReturn) {

  /** True when some path of the method closes the connection. */
  public boolean isSomewhere() {
    return !closes.isEmpty();
  }

  Closing with(Skips others) {
    return new Closing(
        method,
        use,
        closes,
        others,
        lookedInto,
        handedOn,
        firstLine,
        lastLine,
        outlives,
        automatic,
        beforeReturn);
  }

  /** The same where what it calls at the line gives the connection to somebody else. */
  Closing handedOnInside(String to) {
    Site inside = new Site(use.line(), to);
    return new Closing(
        method,
        use,
        closes,
        skips,
        lookedInto,
        inside,
        firstLine,
        lastLine,
        outlives,
        automatic,
        beforeReturn);
  }
}
