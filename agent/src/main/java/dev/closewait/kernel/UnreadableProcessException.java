package dev.closewait.kernel;

import java.io.IOException;

/** Another process can not be looked at; the message says why and what to do. */
public final class UnreadableProcessException extends IOException {

  UnreadableProcessException(String message) {
    super(message);
  }
}
