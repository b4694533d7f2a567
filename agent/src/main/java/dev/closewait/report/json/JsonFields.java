package dev.closewait.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.closewait.report.FrameFormat;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the fields of JSON objects; one whose value is not known is left out. */
final class JsonFields {

  static final int MAX_FRAMES = 256;
  static final int MAX_TEXT = 4_000;

  private static final DateTimeFormatter ISO_MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final long NANOS_PER_MICRO = 1_000L;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final JsonGenerator json;

  JsonFields(JsonGenerator json) {
    this.json = json;
  }

  void beginObject() throws IOException {
    json.writeStartObject();
  }

  void beginObject(String name) throws IOException {
    json.writeObjectFieldStart(name);
  }

  void endObject() throws IOException {
    json.writeEndObject();
  }

  void beginArray(String name) throws IOException {
    json.writeArrayFieldStart(name);
  }

  void endArray() throws IOException {
    json.writeEndArray();
  }

  void text(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, wellFormed(value));
    }
  }

  void texts(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(wellFormed(value));
    }
    json.writeEndArray();
  }

  void texts(String name, Map<String, String> values) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : values.entrySet()) {
      json.writeStringField(wellFormed(entry.getKey()), wellFormed(entry.getValue()));
    }
    json.writeEndObject();
  }

  void number(String name, long value) throws IOException {
    json.writeNumberField(name, value);
  }

  /** Leaves a negative number out: that is how the value types say "not known". */
  void numberIfKnown(String name, long value) throws IOException {
    if (value >= 0) {
      json.writeNumberField(name, value);
    }
  }

  /**
   * Rounds to hundredths; JSON has no NaN and no infinity (RFC 8259, section 6), so these become 0.
   */
  void rate(String name, double value) throws IOException {
    double finite = Double.isFinite(value) ? value : 0;
    json.writeNumberField(name, Math.round(finite * 100) / 100.0);
  }

  void millis(String name, long nanos) throws IOException {
    json.writeNumberField(name, nanos / NANOS_PER_MILLI);
  }

  /** With three decimals: a scan of a small process takes less than one millisecond. */
  void fractionalMillis(String name, long nanos) throws IOException {
    long micros = nanos / NANOS_PER_MICRO;
    json.writeNumberField(name, micros / 1000.0);
  }

  void flag(String name, boolean value) throws IOException {
    json.writeBooleanField(name, value);
  }

  void time(String name, Instant value) throws IOException {
    json.writeStringField(name, ISO_MILLIS.format(value));
  }

  void frame(String name, @Nullable StackTraceElement frame) throws IOException {
    if (frame != null) {
      text(name, FrameFormat.format(frame));
    }
  }

  /**
   * Leaves an empty stack out; one that is too long ends with a line that says how many are
   * missing.
   */
  void stack(String name, List<StackTraceElement> frames) throws IOException {
    if (frames.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    int shown = Math.min(frames.size(), MAX_FRAMES);
    for (int i = 0; i < shown; i++) {
      json.writeString(wellFormed(FrameFormat.format(frames.get(i))));
    }
    if (shown < frames.size()) {
      json.writeString("... " + (frames.size() - shown) + " more");
    }
    json.writeEndArray();
  }

  /**
   * Cuts what is too long, and replaces surrogates that are not one of a pair: a Java string may
   * hold them, UTF-8 cannot (RFC 3629, section 3), and many parsers reject the whole document for
   * one.
   */
  private static String wellFormed(String text) {
    if (text.length() > MAX_TEXT) {
      return wellFormed(text.substring(0, MAX_TEXT - 3)) + "...";
    }
    StringBuilder repaired = null;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
        i++;
        continue;
      }
      if (repaired == null) {
        repaired = new StringBuilder(text);
      }
      repaired.setCharAt(i, '\uFFFD');
    }
    return repaired == null ? text : repaired.toString();
  }
}
