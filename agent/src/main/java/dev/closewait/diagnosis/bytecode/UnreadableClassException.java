package dev.closewait.diagnosis.bytecode;

/** The class file of a loaded class cannot be had; the message says why. */
public final class UnreadableClassException extends Exception {
  private static final long serialVersionUID = 1;

  public UnreadableClassException(String reason) {
    super(reason);
  }
}
