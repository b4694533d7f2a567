package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table in the documentation says what the tests run and expect. */
class IncidentDocsIT {
  private static final Path TABLE = Path.of("..", "docs", "incidents.md");

  @Test
  void documentsEveryIncidentWithItsCause() throws IOException {
    assertThat(rows().stream().map(row -> row.get(0) + " " + row.get(4)))
        .containsExactlyInAnyOrderElementsOf(
            Incidents.all().stream()
                .map(incident -> "`" + incident.program() + "` `" + incident.cause() + "`")
                .toList());
  }

  @Test
  void namesTheVersionsThatRun() throws IOException {
    for (List<String> row : rows()) {
      Incident incident = Incidents.named(row.get(0).replace("`", ""));
      assertThat(incident.libraries().toString()).contains(versionIn(row.get(2)));
      if (incident.fixedLibraries() != null) {
        assertThat(incident.fixedLibraries().toString()).contains(versionIn(row.get(3)));
      }
    }
  }

  /** Empty where the row names none. */
  private static String versionIn(String cell) {
    return cell.replaceFirst("^\\D*", "").replaceFirst("[, ].*", "");
  }

  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> List.of(line.substring(2).split("\\s*\\|\\s*")))
        .toList();
  }
}
