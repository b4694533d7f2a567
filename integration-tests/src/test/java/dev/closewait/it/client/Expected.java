package dev.closewait.it.client;

/**
 * What must be found of one way to leak.
 *
 * @param method of the scenario whose marked line is the culprit
 * @param remedy words that the fix must hold
 */
record Expected(String method, String cause, String verdict, String remedy) {

  /** Given back to the pool, and the server hung up: the library's own setting is the remedy. */
  static Expected idle(String method, String remedy) {
    return new Expected(method, "POOLED_IDLE", "SUSPECT", remedy);
  }

  /** A response that was neither read to its end nor closed. */
  static Expected unread(String method) {
    return new Expected(method, "BODY_NOT_CONSUMED", "LEAK", "close");
  }

  /** A client, or a connection of it, that nobody closed. */
  static Expected unclosed(String method) {
    return new Expected(method, "CLIENT_NOT_CLOSED", "LEAK", "close");
  }
}
