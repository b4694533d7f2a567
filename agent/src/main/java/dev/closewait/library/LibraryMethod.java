package dev.closewait.library;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of a library that tells what becomes of a connection.
 *
 * @param row its number, which the woven call passes on
 * @param atReturn false for the entry of the method
 * @param forOtherVersions true when the version that was read last does not have it
 * @param className with dots
 * @param descriptor null for every method of the name
 * @param operands {@code this}, {@code result}, {@code arg0} and so on, {@code this.field}
 */
public record LibraryMethod(
    int row,
    Event event,
    boolean atReturn,
    boolean forOtherVersions,
    String className,
    String method,
    @Nullable String descriptor,
    List<String> operands) {

  /** What the call of the method means; each is a method of {@code java.net.CloseWaitClients}. */
  public enum Event {
    JOINED("joined", "joined", 2, false),
    LEASED("leased", "leased", 1, true),
    OWNED("owned", "leased", 1, true),
    LEASED_FOR("leased-for", "leasedFor", 2, true),
    RELEASED("released", "released", 1, true),
    POOLED("pooled", "pooled", 1, true),
    MADE("made", "made", 1, true),
    CLOSED("closed", "closed", 1, true),
    CALLED("called", "called", 1, true),
    CARRIED("carried", "carried", 2, true);

    private final String word;
    private final String hook;
    private final int operands;
    private final boolean passesRow;

    Event(String word, String hook, int operands, boolean passesRow) {
      this.word = word;
      this.hook = hook;
      this.operands = operands;
      this.passesRow = passesRow;
    }

    /** The method of the runtime half. */
    public String hook() {
      return hook;
    }

    /** How many objects it takes. */
    public int operands() {
      return operands;
    }

    /** True when the number of the row follows the objects. */
    public boolean passesRow() {
      return passesRow;
    }

    static Event of(String word) {
      for (Event event : values()) {
        if (event.word.equals(word)) {
          return event;
        }
      }
      throw new IllegalArgumentException("no event: " + word);
    }
  }

  /** True for the method of this name and descriptor. */
  public boolean is(String name, String methodDescriptor) {
    return method.equals(name) && (descriptor == null || descriptor.equals(methodDescriptor));
  }
}
