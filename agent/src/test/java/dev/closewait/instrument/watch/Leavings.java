package dev.closewait.instrument.watch;

import java.util.function.IntSupplier;

/** Methods that are left in every way that there is, to be woven and run. */
@SuppressWarnings({"unused", "MethodCanBeStatic"}) // called by name
class Leavings {
  static final String NEGATIVE = "negative";
  private final long value;

  Leavings() {
    this(7);
  }

  Leavings(int value) {
    this(checked(value), value > 3 ? new StringBuilder("more") : new StringBuilder());
  }

  private Leavings(long value, CharSequence text) {
    if (text.length() > 0 && value == 99) {
      throw new IllegalStateException(text.toString());
    }
    this.value = value;
  }

  private static long checked(int value) {
    if (value < 0) {
      throw new IllegalArgumentException(NEGATIVE);
    }
    return value;
  }

  void nothing() {}

  static int early(int n) {
    if (n == 0) {
      return 1;
    }
    return 10 / n;
  }

  synchronized double locked(double n) {
    synchronized (this) {
      if (n < 0) {
        throw new IllegalArgumentException(NEGATIVE);
      }
    }
    return n * value;
  }

  long afterFinally(int n) {
    long sum = 0;
    try {
      sum = checked(n);
      return sum + 1;
    } catch (IllegalArgumentException e) {
      if (n < -5) {
        throw new IllegalStateException(e);
      }
      sum = -1;
    } finally {
      sum += 100;
    }
    return sum;
  }

  static boolean endless(int[] counter) {
    while (true) {
      if (counter[0]-- == 0) {
        return true;
      }
    }
  }

  float fromLambda(int n) {
    IntSupplier divided = () -> 100 / n;
    return divided.getAsInt();
  }

  static String typed(Object o, long wide, String... rest) {
    if (o instanceof String text) {
      String joined = text + wide;
      return joined + rest.length;
    }
    Object other = o == null ? Long.valueOf(wide) : o;
    return switch ((int) wide) {
      case 1 -> "one" + other;
      case 2 -> throw new UnsupportedOperationException();
      default -> null;
    };
  }

  int overloaded(int n) {
    return n;
  }

  int overloaded(String text) {
    return text.length();
  }
}
