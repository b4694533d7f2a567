package dev.closewait.diagnosis.bytecode;

import java.util.List;

/**
 * How a method gets past its close from one place on.
 *
 * @param throwing lines whose exception is caught by nobody that closes
 * @param returning lines that return before the close
 * @param branching lines of conditions that decide against the close
 * @param turning true when a loop goes on without it
 * @param unreached true when no way on leads to it, unless something throws
 * @param errors true when an error of the programmer, such as a null or an index, gets past it: any
 *     line may have one, so none is named
 */
public record Skips(
    List<Integer> throwing,
    List<Integer> returning,
    List<Integer> branching,
    boolean turning,
    boolean unreached,
    boolean errors) {

  /** True when every way out closes. */
  public boolean isNone() {
    return throwing.isEmpty() && isNoneNormally();
  }

  /** True when every way out closes as long as nothing throws. */
  public boolean isNoneNormally() {
    return returning.isEmpty() && branching.isEmpty() && !turning && !unreached;
  }

  /** The same where it is known that the method was left at this line; all where it is not one. */
  public Skips leftAt(int line) {
    List<Integer> only = List.of(line);
    if (throwing.contains(line)) {
      return new Skips(only, List.of(), List.of(), false, unreached, errors);
    }
    return returning.contains(line)
        ? new Skips(List.of(), only, List.of(), false, unreached, errors)
        : this;
  }

  /** The same where a caller closes when an exception, or anything, comes out of the method. */
  Skips coveredBy(boolean forExceptions, boolean forReturns) {
    return new Skips(
        forExceptions ? List.of() : throwing,
        forReturns ? List.of() : returning,
        forReturns ? List.of() : branching,
        turning,
        unreached && !forReturns,
        errors && !forExceptions);
  }
}
