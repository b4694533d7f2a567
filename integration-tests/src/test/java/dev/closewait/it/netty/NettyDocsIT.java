package dev.closewait.it.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables in the documentation say what the tests expect. */
class NettyDocsIT {
  private static final Path TABLES = Path.of("..", "docs", "netty.md");

  /** All of facts/netty.md, section 5. */
  private static final List<String> MODES =
      List.of(
          ("control a1 a2 a3 a4 a5 a6 a7 a8 a9 b1 b2 b2' b3 c1 c2 c3 c4 c5 c6 c6b c7 c8 c9 d1 d2"
                  + " e1 e2 e3 e4 e5 f1 f2 f3 g1 g2 g3 h0 h1 h2 h3 i1 i2 i3 i3b j1 j2 j3"
                  + " k1 k1b k1c k2 k3 k4 k5 k6 l1 l4 m1 n1")
              .split(" "));

  @Test
  void documentsEveryWayWithItsModesAndCauses() throws IOException {
    List<List<String>> rows =
        rows()
            .filter(cells -> cells.length == 7)
            .map(cells -> List.of(cells[1], cells[2], cells[4], cells[5], cells[6]))
            .toList();
    List<List<String>> expected =
        Stream.concat(NettyLeaks.ROWS.stream(), NettyLeaks.ALONE.stream())
            .map(
                row ->
                    List.of(
                        row.ids(),
                        "`" + row.name() + "`",
                        text(row.nio()),
                        text(row.epoll()),
                        text(row.uring())))
            .toList();
    assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void documentsEveryModeOfTheNotes() throws IOException {
    List<String> documented =
        rows().flatMap(cells -> Stream.of(cells[1].split(", "))).distinct().toList();
    assertThat(documented).containsAll(MODES);
    assertThat(documented).allMatch(mode -> MODES.contains(mode) || mode.equals("-"));
  }

  /** Of the tables whose first column is the modes. */
  private static Stream<String[]> rows() throws IOException {
    List<String[]> rows = new ArrayList<>();
    boolean ofModes = false;
    for (String line : Files.readAllLines(TABLES)) {
      if (line.startsWith("| modes")) {
        ofModes = true;
      } else if (!line.startsWith("|")) {
        ofModes = false;
      } else if (ofModes && !line.startsWith("| ---")) {
        rows.add(line.split("\\s*\\|\\s*"));
      }
    }
    return rows.stream();
  }

  private static String text(@Nullable String cause) {
    if (cause == null) {
      return "-";
    }
    return cause.equals(NettyLeaks.VARIES) ? cause : "`" + cause + "`";
  }
}
