package dev.closewait.diagnosis.bytecode;

/**
 * What reading code may cost, so that no generated class takes the application's CPU or heap.
 *
 * <p>A stack is begun while the scan has something left, and then has a share of its own: so none
 * is begun again and again.
 */
final class Budget {
  /** Of a step, besides the slots that it copies. */
  private static final int STEP = 16;

  private static final int EFFORT_PER_STACK = 1_000_000;
  private static final int EFFORT_PER_SCAN = 3_000_000;
  private static final int BYTES_PER_STACK = 1_000_000;
  private static final int BYTES_PER_SCAN = 1_000_000;

  private int effortOfScan;
  private int effortOfStack;
  private int bytesOfScan;
  private int bytesOfStack;
  private boolean exhausted;

  /** More code than is worth its answer; the message says what of it. */
  static final class ExceededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ExceededException(String what) {
      super(what);
    }
  }

  /** False when the scan has nothing left for another stack. */
  boolean beginStack() {
    if (effortOfScan >= EFFORT_PER_SCAN || bytesOfScan >= BYTES_PER_SCAN) {
      exhausted = true;
      return false;
    }
    effortOfStack = 0;
    bytesOfStack = 0;
    return true;
  }

  /**
   * Before a step is taken.
   *
   * @param slots that it copies
   */
  void spend(int slots) {
    if (effortOfStack > EFFORT_PER_STACK) {
      throw new ExceededException("its ways are too many");
    }
    effortOfScan += STEP + slots;
    effortOfStack += STEP + slots;
  }

  /** Before a class file is parsed. */
  void spendBytes(int bytes) throws UnreadableClassException {
    if (bytes > BYTES_PER_STACK - bytesOfStack) {
      throw new UnreadableClassException(
          bytes + " bytes are too many" + (bytesOfStack == 0 ? "" : " after " + bytesOfStack));
    }
    bytesOfScan += bytes;
    bytesOfStack += bytes;
  }

  /** True when a stack of this scan was not begun. */
  boolean isExhausted() {
    return exhausted;
  }

  void endScan() {
    effortOfScan = 0;
    bytesOfScan = 0;
    exhausted = false;
  }
}
