package dev.closewait.demo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What the command line asks for. */
record DemoOptions(List<Leak> leaks, int seconds, int connections, boolean fixed, boolean list) {
  static final String USAGE =
      "usage: java -jar demo-app.jar [--list] [--fixed] [--connections N] [--seconds N] [way ...]";

  /** As many as may wait in an accept queue under the usual limit of the kernel (somaxconn). */
  static final int MAX_CONNECTIONS = 1_000;

  private static final int DEFAULT_SECONDS = 25;
  private static final int DEFAULT_CONNECTIONS = 3;

  static DemoOptions parse(String... arguments) {
    List<Leak> leaks = new ArrayList<>();
    int seconds = DEFAULT_SECONDS;
    int connections = DEFAULT_CONNECTIONS;
    boolean fixed = false;
    boolean list = false;
    for (Iterator<String> rest = List.of(arguments).iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      switch (argument) {
        case "--list" -> list = true;
        case "--fixed" -> fixed = true;
        case "--seconds" -> seconds = number(argument, rest, 0, Integer.MAX_VALUE);
        case "--connections" -> connections = number(argument, rest, 1, MAX_CONNECTIONS);
        default -> leaks.add(leak(argument));
      }
    }
    return new DemoOptions(
        leaks.isEmpty() ? Leak.ALL : List.copyOf(leaks), seconds, connections, fixed, list);
  }

  private static Leak leak(String argument) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException("unknown option " + argument + "; " + USAGE);
    }
    return Leak.named(argument);
  }

  private static int number(String option, Iterator<String> rest, int least, int most) {
    String value = rest.hasNext() ? rest.next() : "";
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // Said below, with the range.
    }
    throw new IllegalArgumentException(
        option + " needs a number from " + least + " to " + most + ", not \"" + value + "\"");
  }
}
