package dev.closewait.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The table of docs/causes.md: which program shows a cause, what it ran with, and what the report
 * tells its author to do.
 */
public final class CauseTable {
  private static final Path DOCUMENT = Path.of("..", "docs", "causes.md");

  private CauseTable() {}

  /**
   * One program.
   *
   * @param with the library and its version, or JDK
   * @param fix as the report says it
   */
  public record Row(String cause, String program, String with, String fix) {
    static Row of(String line) {
      String[] cells = line.split("\\s*\\|\\s*");
      return new Row(unquoted(cells[1]), unquoted(cells[2]), cells[3], cells[4]);
    }

    private static String unquoted(String cell) {
      return cell.replace("`", "");
    }

    public boolean isPlain() {
      return with.startsWith("JDK");
    }
  }

  public static List<Row> rows() {
    try {
      return Files.readAllLines(DOCUMENT).stream()
          .filter(line -> line.matches("\\| `[A-Z_]+` \\| `.*"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a program; fails when there is none. */
  public static Row of(String program) {
    return rows().stream()
        .filter(row -> row.program().equals(program))
        .findFirst()
        .orElseThrow(() -> new AssertionError(program + " is not in " + DOCUMENT));
  }

  /** True when the table says what the report of a program must say. */
  public static boolean has(String program) {
    return rows().stream().anyMatch(row -> row.program().equals(program));
  }

  /** The report's cause and fix are those of the program's row. */
  public static void assertFix(String program, AgentReport.Leak leak) {
    Row row = of(program);
    assertThat(leak.cause()).isEqualTo(row.cause());
    assertThat(lasting(leak.fix())).as("fix of %s", program).isEqualTo(lasting(row.fix()));
  }

  /** The same, where the table has the program. */
  public static void assertFixIfListed(String program, AgentReport.Leak leak) {
    if (has(program)) {
      assertFix(program, leak);
    }
  }

  /** Less what differs from run to run: identity hash codes, and numbers in names of threads. */
  private static String lasting(String fix) {
    return fix.replaceAll("@[0-9a-f]+", "@1").replaceAll("(?<=[a-z])[0-9]*(-[0-9]+)+", "-1");
  }
}
