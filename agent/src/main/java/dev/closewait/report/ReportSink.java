package dev.closewait.report;

import dev.closewait.diagnosis.Diagnosis;
import java.io.IOException;

/** One place that reports go to. */
public interface ReportSink {

  /** Its name in messages, such as {@code text} or {@code json}. */
  String name();

  /**
   * Shows one diagnosis; called only from the scanner thread.
   *
   * @throws IOException when it could not be written; the next diagnosis is handed over all the
   *     same
   */
  void publish(Diagnosis diagnosis) throws IOException;

  /** True when it wants only a diagnosis that differs from the last one that it has written. */
  default boolean onlyChanges() {
    return false;
  }

  /**
   * Shows a built-in diagnosis to nobody, so that no class must be loaded once the process has run
   * out of descriptors.
   */
  default void warmUp() throws IOException {}
}
