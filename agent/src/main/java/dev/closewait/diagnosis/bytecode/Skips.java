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
 * @param swallowing of the throwing lines, those after whose exception the method may return
 */
public record Skips(
    List<Integer> throwing,
    List<Integer> returning,
    List<Integer> branching,
    boolean turning,
    boolean unreached,
    boolean errors,
    List<Integer> swallowing) {

  /** True when every way out closes. */
  public boolean isNone() {
    return throwing.isEmpty() && isNoneNormally();
  }

  /** True when every way out closes as long as nothing throws. */
  public boolean isNoneNormally() {
    return returning.isEmpty() && branching.isEmpty() && !turning && !unreached;
  }

  /** The same where it is known that an exception left the method at this line. */
  public Skips thrownAt(int line) {
    return throwing.contains(line)
        ? new Skips(List.of(line), List.of(), List.of(), false, unreached, errors, List.of())
        : this;
  }

  /** The same where it is known that the method returned at this line. */
  public Skips returnedAt(int line) {
    return returning.contains(line)
        ? new Skips(List.of(), List.of(line), List.of(), false, unreached, errors, List.of())
        : new Skips(swallowing, returning, branching, turning, unreached, errors, swallowing);
  }

  /** The same where a caller closes when an exception, or anything, comes out of the method. */
  Skips coveredBy(boolean forExceptions, boolean forReturns) {
    return new Skips(
        forExceptions ? List.of() : throwing,
        forReturns ? List.of() : returning,
        forReturns ? List.of() : branching,
        turning,
        unreached && !forReturns,
        errors && !forExceptions,
        forExceptions || forReturns ? List.of() : swallowing);
  }
}
