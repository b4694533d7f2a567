package dev.closewait.report.text;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.report.ReportSink;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sink that keeps the newest diagnosis, for whoever asks for the whole of it.
 *
 * <p>Written by the scanner thread, read by any other.
 */
public final class LatestReport implements ReportSink, Supplier<String> {
  private final TextRenderer renderer;
  private volatile @Nullable Diagnosis latest;

  public LatestReport(TextStyle style) {
    this.renderer = new TextRenderer(style);
  }

  @Override
  public String name() {
    return "latest";
  }

  @Override
  public void publish(Diagnosis diagnosis) {
    latest = diagnosis;
  }

  /** The whole text; without a diagnosis nobody has used a socket yet. */
  @Override
  public String get() {
    Diagnosis diagnosis = latest;
    return diagnosis == null
        ? TextRenderer.PREFIX + "no leaks; no socket was used yet\n"
        : renderer.render(diagnosis);
  }
}
