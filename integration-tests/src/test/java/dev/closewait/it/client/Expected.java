package dev.closewait.it.client;

import dev.closewait.it.support.MarkedLine;

/**
 * What must be found of one way to leak.
 *
 * @param method class and method of the scenario whose marked line is the culprit
 * @param remedy words that the fix must hold
 */
record Expected(String method, String cause, String verdict, String remedy) {

  /** As the report writes it. */
  String culprit() {
    String className = Expected.class.getPackageName() + "." + method.replaceFirst("\\..*", "");
    return MarkedLine.of(className, method.replaceFirst(".*\\.", "")).frame();
  }

  /** Given back to the pool, and the server hung up: the library's own setting is the remedy. */
  static Expected idle(String method, String remedy) {
    return new Expected(method, "POOLED_IDLE", "SUSPECT", remedy);
  }

  /** A response that was neither read to its end nor closed. */
  static Expected unread(String method) {
    return new Expected(method, "BODY_NOT_CONSUMED", "LEAK", "close");
  }

  /** A client for each call, and none is closed: better is one for all. */
  static Expected perCall(String method) {
    return new Expected(method, "CLIENT_NOT_CLOSED", "LEAK", "keep one");
  }

  /** A connection that was taken and not given back. */
  static Expected unclosed(String method) {
    return new Expected(method, "CLIENT_NOT_CLOSED", "LEAK", "close");
  }
}
