package dev.closewait.diagnosis.bytecode;

/**
 * What happened at the line of a frame.
 *
 * @param callee the name of the method that was called there
 * @param returns true when that call may have returned
 * @param fails true when it may have thrown
 * @param isEnd true when it returned the end of the stream
 * @param moment what the stack is of
 */
record Use(int line, String callee, boolean returns, boolean fails, boolean isEnd, Moment moment) {

  /** True when the call returned the connection, instead of working on it. */
  boolean opens() {
    return moment == Moment.OPENED;
  }

  /** True when the connection was over then: nobody waits for it any more. */
  boolean isLast() {
    return moment == Moment.END_READ || moment == Moment.FAILED;
  }
}
