package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table in the documentation says what the tests expect. */
class NettyDocsIT {
  private static final Path TABLE = Path.of("..", "docs", "netty.md");

  @Test
  void documentsEveryWayWithItsCauses() throws IOException {
    String[][] rows =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\s*\\|\\s*"))
            .map(cells -> new String[] {cells[1], cells[3], cells[4], cells[5]})
            .toArray(String[][]::new);
    assertThat(rows)
        .containsExactlyInAnyOrder(
            NettyLeaks.ROWS.stream()
                .map(
                    row ->
                        new String[] {
                          "`" + row.name() + "`",
                          text(row.nio()),
                          text(row.epoll()),
                          text(row.uring())
                        })
                .toArray(String[][]::new));
  }

  private static String text(@Nullable String cause) {
    return cause == null ? "-" : "`" + cause + "`";
  }
}
