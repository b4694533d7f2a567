package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.config.Exclusion;
import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.DiagnosisContext;
import dev.closewait.diagnosis.ExcusedFrame;
import dev.closewait.diagnosis.LeakScanner;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.instrument.Weaver;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.log.AgentLog;
import dev.closewait.report.ReportPublisher;
import dev.closewait.report.ReportSink;
import dev.closewait.report.json.JsonReportFile;
import dev.closewait.report.text.TextReport;
import dev.closewait.report.text.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * From the records to the reports: opened once on the scanner thread, and everything it needs stays
 * open.
 */
final class Pipeline {
  private static final Logger LOG = AgentLog.logger(Pipeline.class);

  /** How often to look for sockets that the hooks do not see, while nothing is stuck. */
  private static final long IDLE_NANOS = 60_000_000_000L;

  private final Weaver weaver;
  private final KernelScanner kernel;
  private final LeakScanner scanner;
  private final ReportPublisher publisher;
  private boolean warm;

  private Pipeline(
      Weaver weaver, KernelScanner kernel, LeakScanner scanner, ReportPublisher publisher) {
    this.weaver = weaver;
    this.kernel = kernel;
    this.scanner = scanner;
    this.publisher = publisher;
  }

  static Pipeline open(
      AgentOptions options, Weaver weaver, ProcessIdentity process, AgentIdentity agent) {
    ApplicationFrames application = ApplicationFrames.of(options.appPackages());
    ReportPublisher publisher = new ReportPublisher(sinks(options, application), LOG);
    KernelScanner kernel = KernelScanner.open();
    LeakScanner scanner =
        new LeakScanner(
            new LeakScanner.ScanSettings(
                options.thresholdNanos(),
                options.maxExamples(),
                excused(options),
                idleNanos(options, agent)),
            new ConnectionRegistry(graceNanos(options)),
            kernel,
            application,
            new DiagnosisContext(process, agent, weaver::problems, publisher::failures));
    return new Pipeline(weaver, kernel, scanner, publisher);
  }

  void scan(boolean last) {
    if (!warm && !last) {
      warm = true;
      kernel.warmUp();
      publisher.warmUp();
      AgentLog.warmUp();
    }
    weaver.checkAgain();
    Diagnosis diagnosis = scanner.scan(Instant.now(), last);
    LOG.debug(
        "scan of {} records took {} us",
        diagnosis.health().trackedConnections(),
        diagnosis.health().lastScanNanos() / 1000);
    publisher.publish(diagnosis);
  }

  /** A connection younger than half the threshold is not asked about: most are closed by then. */
  private static long graceNanos(AgentOptions options) {
    return Math.min(options.thresholdNanos() / 2, 2_000_000_000L);
  }

  /**
   * Attached late, the agent has records of none of the sockets that were open: the tables have.
   */
  private static long idleNanos(AgentOptions options, AgentIdentity agent) {
    boolean late = agent.mode().equals(AgentMode.ATTACH.reportName());
    return late ? options.intervalNanos() : IDLE_NANOS;
  }

  private static List<ExcusedFrame> excused(AgentOptions options) {
    List<ExcusedFrame> excused = new ArrayList<>();
    for (Exclusion exclusion : options.exclusions()) {
      excused.add(
          new ExcusedFrame(
              frame -> exclusion.matches(frame.getClassName(), frame.getMethodName()),
              exclusion.pattern(),
              exclusion.reason()));
    }
    return excused;
  }

  private static List<ReportSink> sinks(AgentOptions options, ApplicationFrames application) {
    List<ReportSink> sinks = new ArrayList<>();
    ReportSink file = options.reportPath() == null ? null : jsonReport(options.reportPath());
    TextStyle style = new TextStyle(application, false, file != null);
    sinks.add(new TextReport(new FileOutputStream(FileDescriptor.err), style));
    if (file != null) {
      sinks.add(file);
    }
    return sinks;
  }

  private static @Nullable ReportSink jsonReport(String path) {
    try {
      return new JsonReportFile(path);
    } catch (IOException e) {
      AgentLog.notice(String.valueOf(e.getMessage()));
      return null;
    }
  }
}
