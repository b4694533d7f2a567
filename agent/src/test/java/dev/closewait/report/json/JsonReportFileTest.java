package dev.closewait.report.json;

import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleGroups.eofRead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.ResolvedGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportFileTest {

  @TempDir private Path directory;

  @Test
  void holdsTheNewestDiagnosis() throws IOException {
    Path path = directory.resolve("report.json");
    JsonReportFile sink = new JsonReportFile(path.toString());
    sink.publish(later(0, false));
    sink.publish(later(1, false, eofRead()));

    assertThat(read(path).at("/leaks/0/fingerprint").asString()).isEqualTo("9f31c2aabbcc");
    assertThat(sink.onlyChanges()).isTrue();
  }

  @Test
  void showsResolvedGroupsToTheEnd() throws IOException {
    Path path = directory.resolve("report.json");
    JsonReportFile sink = new JsonReportFile(path.toString());
    ResolvedGroup resolved =
        new ResolvedGroup("9f31c2aabbcc", Cause.EOF_READ_NOT_CLOSED, 8, 5_000_000_000L);
    sink.publish(later(0, false, List.of(), List.of(resolved)));
    sink.publish(later(1, true));

    assertThat(read(path).at("/resolved/0/afterMillis").asLong()).isEqualTo(5_000);
    assertThat(read(path).at("/atExit").asBoolean()).isTrue();
  }

  @Test
  void warmsUpWithoutATrace() throws IOException {
    Path path = directory.resolve("report.json");
    new JsonReportFile(path.toString()).warmUp();

    assertThat(path).isEmptyFile();
  }

  @Test
  void explainsAPathThatCannotBeWritten() {
    String missing = directory.resolve("no/such/report.json").toString();

    assertThatThrownBy(() -> new JsonReportFile(missing))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "report file "
                + missing
                + " cannot be written (No such file or directory); reports go to standard error"
                + " only");
  }

  @Test
  void explainsAPathThatIsADirectory() {
    assertThatThrownBy(() -> new JsonReportFile(directory + "//"))
        .hasMessage(
            "report file "
                + directory
                + "// cannot be written (Is a directory); reports go to standard error only");
  }

  private static JsonNode read(Path path) throws IOException {
    return new JsonMapper().readTree(Files.readAllBytes(path));
  }
}
