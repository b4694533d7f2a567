package dev.closewait.report;

import dev.closewait.diagnosis.Diagnosis;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;

/**
 * Hands each diagnosis to every sink, and keeps the failure of one from the others.
 *
 * <p>Used by the scanner thread only.
 */
public final class ReportPublisher {

  private static final int MAX_FAILURES = 32;

  private final List<ReportSink> sinks;
  private final Logger logger;
  private final IdentityHashMap<ReportSink, DiagnosisOutline> written = new IdentityHashMap<>();
  private final Set<String> failures = new LinkedHashSet<>();

  public ReportPublisher(List<ReportSink> sinks, Logger logger) {
    this.sinks = List.copyOf(sinks);
    this.logger = logger;
  }

  /** Warms itself and every sink up; a failure is logged, as the first report may still work. */
  public void warmUp() {
    new ReportPublisher(List.of(), logger).publish(RehearsalDiagnosis.leaking());
    for (ReportSink sink : sinks) {
      try {
        sink.warmUp();
      } catch (Throwable failure) {
        failed(sink, failure);
      }
    }
  }

  /** Called after every scan, and once more at exit. */
  public void publish(Diagnosis diagnosis) {
    DiagnosisOutline outline = DiagnosisOutline.of(diagnosis);
    for (ReportSink sink : sinks) {
      if (isWanted(sink, diagnosis, outline)) {
        publish(sink, diagnosis, outline);
      }
    }
  }

  /** What the sinks have failed with so far, each once, in words. */
  public List<String> failures() {
    return new ArrayList<>(failures);
  }

  private boolean isWanted(ReportSink sink, Diagnosis diagnosis, DiagnosisOutline outline) {
    return !sink.onlyChanges()
        || diagnosis.last()
        || !diagnosis.resolved().isEmpty()
        || !outline.equals(written.get(sink));
  }

  private void publish(ReportSink sink, Diagnosis diagnosis, DiagnosisOutline outline) {
    try {
      sink.publish(diagnosis);
      written.put(sink, outline);
    } catch (Throwable failure) {
      // Even an OutOfMemoryError must not keep the diagnosis from the other sinks.
      written.remove(sink);
      failed(sink, failure);
    }
  }

  private void failed(ReportSink sink, Throwable failure) {
    try {
      String words = "the " + sink.name() + " report failed: " + failure;
      if (failures.size() < MAX_FAILURES && failures.add(words)) {
        logger.warn("{}; the next one is tried again", words);
      }
    } catch (Throwable full) {
      // No memory even for the message: nobody is left to tell.
    }
  }
}
