package dev.closewait.it.leaving;

/** What clients say: a digit is an order, anything else is none. */
final class Order {
  private Order() {}

  static void check(int order) {
    if (order < '0' || order > '9') {
      throw new IllegalStateException("bad order: " + (char) order);
    }
  }
}
