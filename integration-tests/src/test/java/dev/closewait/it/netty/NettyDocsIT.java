package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table in the documentation says what the tests expect. */
class NettyDocsIT {
  private static final Path TABLE = Path.of("..", "docs", "netty.md");

  @Test
  void documentsEveryWayWithItsCauses() throws IOException {
    List<List<String>> rows =
        Files.readAllLines(TABLE).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\s*\\|\\s*"))
            .map(cells -> List.of(cells[1], cells[3], cells[4], cells[5]))
            .toList();
    List<List<String>> expected =
        NettyLeaks.ROWS.stream()
            .map(
                row ->
                    List.of(
                        "`" + row.name() + "`",
                        text(row.nio()),
                        text(row.epoll()),
                        text(row.uring())))
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String text(@Nullable String cause) {
    return cause == null ? "-" : "`" + cause + "`";
  }
}
