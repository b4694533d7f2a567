package dev.closewait.report.json;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.report.RehearsalDiagnosis;
import dev.closewait.report.ReportSink;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The sink that keeps a file with the newest diagnosis as JSON. */
public final class JsonReportFile implements ReportSink {

  private final ReplaceableFile file;
  private final ResolvedHistory resolved = new ResolvedHistory();
  // Only on the scanner thread: Jackson takes milliseconds to load, and this is opened before main.
  private @Nullable JsonReport report;

  /**
   * Opens the file, and keeps it open for a time when the process has no free descriptor.
   *
   * @param path as the user gave it
   * @throws IOException when it cannot be written; the message is a complete sentence for the user
   */
  public JsonReportFile(String path) throws IOException {
    this(openOrExplain(path));
  }

  JsonReportFile(ReplaceableFile file) {
    this.file = file;
  }

  private static ReplaceableFile openOrExplain(String path) throws IOException {
    try {
      return ReplaceableFile.open(new File(path));
    } catch (IOException e) {
      throw new IOException(
          "report file "
              + path
              + " cannot be written ("
              + reason(path, e)
              + "); reports go to standard error only",
          e);
    }
  }

  /**
   * Takes the path away from {@code java.io.FileNotFoundException}'s "path (reason)", which repeats
   * it.
   */
  private static String reason(String path, IOException e) {
    String message = e.getMessage();
    if (message == null) {
      return e.toString();
    }
    String prefix = new File(path).getPath() + " (";
    return message.startsWith(prefix) && message.endsWith(")")
        ? message.substring(prefix.length(), message.length() - 1)
        : message;
  }

  @Override
  public String name() {
    return "json";
  }

  @Override
  public boolean onlyChanges() {
    return true;
  }

  @Override
  public void publish(Diagnosis diagnosis) throws IOException {
    byte[] content = report().render(resolved.complete(diagnosis));
    file.replace(content, diagnosis.process().pid());
  }

  @Override
  public void warmUp() throws IOException {
    report().render(new ResolvedHistory().complete(RehearsalDiagnosis.leaking()));
    report().render(new ResolvedHistory().complete(RehearsalDiagnosis.resolvedAtExit()));
  }

  private JsonReport report() {
    if (report == null) {
      report = new JsonReport();
    }
    return report;
  }
}
