package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.log.AgentLog;
import dev.closewait.report.json.JsonReportFile;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The files that the agent keeps open, opened before the application runs: later there may be no
 * free descriptor.
 *
 * @param report null when there is none, or it cannot be written
 */
record OpenFiles(KernelScanner kernel, @Nullable JsonReportFile report) {

  static OpenFiles open(AgentOptions options) {
    String path = options.reportPath();
    return new OpenFiles(KernelScanner.open(), path == null ? null : report(path));
  }

  private static @Nullable JsonReportFile report(String path) {
    try {
      return new JsonReportFile(path);
    } catch (IOException e) {
      AgentLog.notice(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
