package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.config.Exclusion;
import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.CloserLook;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.DiagnosisContext;
import dev.closewait.diagnosis.ExcusedFrame;
import dev.closewait.diagnosis.KnownCode;
import dev.closewait.diagnosis.LeakScanner;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.instrument.LiveClassFiles;
import dev.closewait.instrument.watch.MethodWatch;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.log.AgentLog;
import dev.closewait.report.ReportPublisher;
import dev.closewait.report.ReportSink;
import dev.closewait.report.text.LatestReport;
import dev.closewait.report.text.TextReport;
import dev.closewait.report.text.TextStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.CloseWaitWatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;

/**
 * From the records to the reports: opened once on the scanner thread, and everything it needs stays
 * open.
 */
final class Pipeline {
  private static final Logger LOG = AgentLog.logger(Pipeline.class);

  /** How often to look for sockets that the hooks do not see, while nothing is stuck. */
  private static final long IDLE_NANOS = 60_000_000_000L;

  private final KernelScanner kernel;
  private final LeakScanner scanner;
  private final CloserLook closerLook;
  private final ReportPublisher publisher;
  private boolean warm;

  private Pipeline(
      KernelScanner kernel, LeakScanner scanner, CloserLook closerLook, ReportPublisher publisher) {
    this.kernel = kernel;
    this.scanner = scanner;
    this.closerLook = closerLook;
    this.publisher = publisher;
  }

  static Pipeline open(
      AgentOptions options,
      OpenFiles files,
      Instruments instruments,
      ProcessIdentity process,
      AgentIdentity agent) {
    ApplicationFrames application = ApplicationFrames.of(options.appPackages());
    ReportPublisher publisher = new ReportPublisher(sinks(files, application), LOG);
    ConnectionRegistry registry = new ConnectionRegistry(graceNanos(options));
    MethodWatch watch = new MethodWatch(instruments.instrumentation(), instruments.frameFiles());
    CloserLook look = new CloserLook(watch, application, registry::resolveStacks);
    LeakScanner scanner =
        new LeakScanner(
            new LeakScanner.ScanSettings(
                options.thresholdNanos(),
                options.maxExamples(),
                excused(options),
                idleNanos(options, agent)),
            registry,
            files.kernel(),
            new KnownCode(
                application,
                KnownLibraries.clients(),
                new LoadedClassFiles(new LiveClassFiles(instruments.instrumentation()))),
            new DiagnosisContext(
                process, agent, () -> problems(instruments, look), publisher::failures));
    Pipeline pipeline = new Pipeline(files.kernel(), scanner, look, publisher);
    publisher.warmUp();
    AgentLog.warmUp();
    return pipeline;
  }

  private static List<String> problems(Instruments instruments, CloserLook look) {
    List<String> problems = new ArrayList<>(instruments.weaver().problemsNow());
    problems.addAll(instruments.arrivals().problems());
    problems.addAll(look.problems());
    return problems;
  }

  /**
   * Scans once and reports.
   *
   * @param last true at exit
   */
  void scan(boolean last) {
    if (!warm && !last) {
      warm = true;
      kernel.warmUp();
    }
    Diagnosis diagnosis = closerLook.annotate(scanner.scan(Instant.now(), last));
    LOG.debug(
        "scan of {} records took {} us",
        diagnosis.health().trackedConnections(),
        diagnosis.health().lastScanNanos() / 1000);
    publisher.publish(diagnosis);
    closerLook.follow(diagnosis);
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

  private static List<ReportSink> sinks(OpenFiles files, ApplicationFrames application) {
    List<ReportSink> sinks = new ArrayList<>();
    ReportSink file = files.report();
    TextStyle style = new TextStyle(application, false, file != null);
    LatestReport latest = new LatestReport(style);
    CloseWaitWatcher.reportsBy(latest);
    sinks.add(latest);
    sinks.add(new TextReport(new FileOutputStream(FileDescriptor.err), style));
    if (file != null) {
      sinks.add(file);
    }
    return sinks;
  }
}
