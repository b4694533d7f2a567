package dev.closewait.report.text;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.report.RehearsalDiagnosis;
import dev.closewait.report.ReportSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sink that tells a person, on a stream, what they do not know yet.
 *
 * <p>Used by the scanner thread only.
 */
public final class TextReport implements ReportSink {

  private static final int MAX_REMEMBERED = 500;

  private final OutputStream out;
  private final TextStyle style;
  private final TextRenderer renderer;
  private final Map<String, ToldGroup> toldOfResolved = new LinkedHashMap<>();
  private Map<String, ToldGroup> told = new HashMap<>();

  public TextReport(OutputStream out, TextStyle style) {
    this.out = out;
    this.style = style;
    this.renderer = new TextRenderer(style);
  }

  @Override
  public String name() {
    return "text";
  }

  @Override
  public void publish(Diagnosis diagnosis) throws IOException {
    TextLines lines = new TextLines(style.colour());
    ShortFingerprints fingerprints = ShortFingerprints.of(diagnosis);
    // A group that is neither here nor resolved is in use for a while: it may come back.
    Map<String, ToldGroup> nowTold = new HashMap<>(told);
    List<LeakGroup> news = new ArrayList<>();
    for (ResolvedGroup resolved : diagnosis.resolved()) {
      renderer.writeResolved(lines, fingerprints, resolved);
      remember(resolved.fingerprint(), nowTold.remove(resolved.fingerprint()));
    }
    for (LeakGroup leak : diagnosis.leaks()) {
      String fingerprint = leak.fingerprint();
      ToldGroup before = told.get(fingerprint);
      ToldGroup once = before == null ? toldOfResolved.remove(fingerprint) : null;
      if (once != null && once.isRepeatedBy(leak)) {
        renderer.writeReturn(lines, fingerprints.of(fingerprint), leak);
        before = once.repeatedBy(leak, diagnosis.nowNanos());
      } else if (before == null || before.isOutdatedBy(leak)) {
        news.add(leak);
      } else if (!diagnosis.last() && before.isOutgrownBy(leak, diagnosis.nowNanos())) {
        int more = leak.count() - before.count();
        renderer.writeGrowth(lines, fingerprints.of(fingerprint), leak, more);
      }
      nowTold.put(fingerprint, ToldGroup.after(before, leak, diagnosis.nowNanos()));
    }
    if (diagnosis.last() && diagnosis.leaks().isEmpty()) {
      renderer.writeClean(lines, diagnosis);
    } else if (diagnosis.last() || !news.isEmpty()) {
      renderer.writeReport(lines, fingerprints, diagnosis, news);
    }
    if (!lines.isEmpty()) {
      // One call: lines of the application may come before and after a report, not within.
      out.write(lines.toBytes());
      out.flush();
    }
    told = nowTold;
  }

  /** A handler that is late again and again is not told in full each time. */
  private void remember(String fingerprint, @Nullable ToldGroup group) {
    if (group != null) {
      if (toldOfResolved.size() >= MAX_REMEMBERED) {
        toldOfResolved.remove(toldOfResolved.keySet().iterator().next());
      }
      toldOfResolved.put(fingerprint, group);
    }
  }

  @Override
  public void warmUp() throws IOException {
    TextReport rehearsal = new TextReport(OutputStream.nullOutputStream(), style);
    rehearsal.publish(RehearsalDiagnosis.leaking());
    rehearsal.publish(RehearsalDiagnosis.grown());
    rehearsal.publish(RehearsalDiagnosis.leakingAtExit());
    rehearsal.publish(RehearsalDiagnosis.resolvedAtExit());
  }
}
