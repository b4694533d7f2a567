package dev.closewait.kernel;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The soft limit of descriptors of a process.
 *
 * @param soft empty when there is none, or it is not known
 * @param missing why {@code soft} is empty; null when it is there
 */
record DescriptorLimit(OptionalLong soft, @Nullable String missing) {

  /** The name of the row, and the width of its column, in proc_pid_limits of fs/proc/base.c. */
  private static final String ROW = "Max open files";

  private static final int NAME_WIDTH = 26;

  /** Reads {@code /proc/PID/limits}. */
  static DescriptorLimit read(File limits) {
    try (FileInputStream in = new FileInputStream(limits)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return unknown(String.valueOf(e.getMessage()));
    }
  }

  static DescriptorLimit parse(String limits) {
    int row = limits.startsWith(ROW) ? 0 : limits.indexOf("\n" + ROW) + 1;
    if (!limits.startsWith(ROW, row) || limits.length() < row + NAME_WIDTH) {
      return unknown("there is no row \"" + ROW + "\"");
    }
    String values = limits.substring(row + NAME_WIDTH).stripLeading();
    String soft = values.substring(0, firstSpace(values));
    if (soft.equals("unlimited")) {
      return new DescriptorLimit(OptionalLong.empty(), "the descriptor limit is \"unlimited\"");
    }
    try {
      return new DescriptorLimit(OptionalLong.of(Long.parseLong(soft)), null);
    } catch (NumberFormatException e) {
      return unknown("\"" + soft + "\" is not a number");
    }
  }

  private static int firstSpace(String values) {
    int length = 0;
    while (length < values.length() && !Character.isWhitespace(values.charAt(length))) {
      length++;
    }
    return length;
  }

  private static DescriptorLimit unknown(String reason) {
    return new DescriptorLimit(
        OptionalLong.empty(), "the descriptor limit is not known: " + reason);
  }
}
