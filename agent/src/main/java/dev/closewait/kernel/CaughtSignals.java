package dev.closewait.kernel;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * The signals that a process has handlers for; asked before one is sent to it.
 *
 * @param mask bit n-1 is signal n; empty when it could not be told
 */
public record CaughtSignals(OptionalLong mask) {

  /** The name of the row (task_sig in fs/proc/array.c); hexadecimal digits follow. */
  private static final String ROW = "SigCgt:";

  /** Signal 3 (include/uapi/asm-generic/signal.h), which asks a JVM for the attach mechanism. */
  private static final long QUIT_BIT = 1L << (3 - 1);

  private static final int HEXADECIMAL = 16;

  /** Those of a process of this machine. */
  public static CaughtSignals ofProcess(long pid) {
    return read(new File(new File("/proc", Long.toString(pid)), "status"));
  }

  static CaughtSignals read(File status) {
    try (FileInputStream in = new FileInputStream(status)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return new CaughtSignals(OptionalLong.empty());
    }
  }

  private static CaughtSignals parse(String status) {
    for (String line : status.split("\n", -1)) {
      if (line.startsWith(ROW)) {
        return new CaughtSignals(mask(line.substring(ROW.length()).strip()));
      }
    }
    return new CaughtSignals(OptionalLong.empty());
  }

  private static OptionalLong mask(String digits) {
    try {
      return OptionalLong.of(Long.parseUnsignedLong(digits, HEXADECIMAL));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether it is certain that the process does not catch SIGQUIT, which mostly ends it then. */
  public boolean surelyLeaveOutQuit() {
    return mask.isPresent() && (mask.getAsLong() & QUIT_BIT) == 0;
  }
}
