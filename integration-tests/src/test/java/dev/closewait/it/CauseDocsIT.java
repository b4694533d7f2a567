package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Cause;
import dev.closewait.it.client.ClientLibrary;
import dev.closewait.it.netty.NettyLeaks;
import dev.closewait.it.server.LibraryCauses;
import dev.closewait.it.support.CauseTable;
import dev.closewait.it.support.CauseTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of causes in the documentation says what the tests run and expect. */
class CauseDocsIT {
  private static final Path DOCUMENT = Path.of("..", "docs", "causes.md");
  private static final Path VERSIONS = Path.of("pom.xml");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+[.\\w]*");

  /** {@code - `CLIENT_NOT_CLOSED` in the plain JDK: ...}. */
  private static final Pattern IMPOSSIBLE =
      Pattern.compile("(?m)^- `([A-Z_]+)` in the plain JDK: ");

  private static final Pattern PROOF = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| [^`]");

  @Test
  void showsEveryCauseWithLibrary() {
    assertThat(causes(row -> !row.isPlain())).containsExactlyElementsOf(allCauses());
  }

  @Test
  void showsEveryCauseInPlainJdkWhereItExistsThere() throws IOException {
    List<String> impossible = found(IMPOSSIBLE);
    assertThat(impossible).isNotEmpty();
    assertThat(causes(Row::isPlain))
        .doesNotContainAnyElementsOf(impossible)
        .containsExactlyElementsOf(
            allCauses().stream().filter(cause -> !impossible.contains(cause)).toList());
  }

  @Test
  void saysWhatProvesEachCause() throws IOException {
    assertThat(found(PROOF)).containsExactlyInAnyOrderElementsOf(allCauses());
  }

  /** The tests themselves compare the fix of each. */
  @Test
  void namesOnlyProgramsThatTheTestsRunWithTheirCauses() {
    Map<String, String> run = programsOfTheTests();
    for (Row row : CauseTable.rows()) {
      assertThat(run).as("%s", row).containsEntry(row.program(), row.cause());
      assertThat(row.fix()).isNotBlank();
    }
  }

  @Test
  void namesVersionsThatTheTestsRunWith() throws IOException {
    String versions = Files.readString(VERSIONS);
    for (Row row : CauseTable.rows()) {
      List<String> named = VERSION.matcher(row.with()).results().map(MatchResult::group).toList();
      assertThat(named.isEmpty()).as("%s", row).isEqualTo(row.isPlain());
      assertThat(named).as("%s", row).allSatisfy(v -> assertThat(versions).contains(v));
    }
  }

  private static Map<String, String> programsOfTheTests() {
    Map<String, String> all = new HashMap<>();
    DemoWays.all().forEach(way -> all.put(way.name(), way.cause()));
    Incidents.all().forEach(incident -> all.put(incident.program(), incident.cause()));
    Stream.of(
            PlainJdkIT.causes(),
            CloserLookIT.firstCauses(),
            LibraryCauses.all(),
            NettyLeaks.causes(),
            ClientLibrary.causes())
        .forEach(all::putAll);
    return all;
  }

  private static List<String> causes(Predicate<Row> which) {
    return CauseTable.rows().stream().filter(which).map(Row::cause).distinct().sorted().toList();
  }

  private static List<String> allCauses() {
    return Stream.of(Cause.values()).map(Cause::name).sorted().toList();
  }

  private static List<String> found(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(DOCUMENT));
    return matcher.results().map(result -> result.group(1)).collect(Collectors.toList());
  }
}
