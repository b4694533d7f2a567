package dev.closewait.config;

/** A wrong option; its message says what is wrong, where it was given, and what to write. */
public final class OptionException extends Exception {
  private static final long serialVersionUID = 1L;

  OptionException(String message) {
    super(message);
  }
}
