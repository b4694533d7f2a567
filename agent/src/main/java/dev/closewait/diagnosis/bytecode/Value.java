package dev.closewait.diagnosis.bytecode;

import java.util.HashSet;
import java.util.Set;

/**
 * What is known of one slot of a frame; a long or double takes two slots, of which nothing is
 * known.
 *
 * @param origins where it may have come from; empty for what can be no connection
 * @param number what it is, where that is known
 */
record Value(Set<Origin> origins, Known known, int number) {
  static final Value ANYTHING = new Value(Set.of(), Known.NOTHING, 0);
  static final Value NULL = new Value(Set.of(), Known.NULL, 0);

  /** What is known besides the origins. */
  enum Known {
    NOTHING,
    NUMBER,
    NULL,
    /** True when what the origins say is open. */
    OPEN_TEST,
    /** True when what the origins say is closed. */
    CLOSED_TEST
  }

  static Value number(int number) {
    return new Value(Set.of(), Known.NUMBER, number);
  }

  static Value from(Set<Origin> origins) {
    return origins.isEmpty() ? ANYTHING : new Value(origins, Known.NOTHING, 0);
  }

  static Value from(Origin origin) {
    return new Value(Set.of(origin), Known.NOTHING, 0);
  }

  boolean is(Known what) {
    return known == what;
  }

  /** What is known of this or the other. */
  Value or(Value other) {
    if (equals(other)) {
      return this;
    }
    boolean same = known == other.known && number == other.number;
    return new Value(
        union(origins, other.origins), same ? known : Known.NOTHING, same ? number : 0);
  }

  static Set<Origin> union(Set<Origin> some, Set<Origin> others) {
    if (others.isEmpty() || some.containsAll(others)) {
      return some;
    }
    if (some.isEmpty()) {
      return others;
    }
    Set<Origin> all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }
}
