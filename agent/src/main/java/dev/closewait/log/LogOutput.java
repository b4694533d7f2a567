package dev.closewait.log;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The level and the stream that loggers share. Both may be changed at any time by any thread; there
 * is no lock, since each message is one write and a slow stream must not stop another thread.
 */
final class LogOutput {
  private volatile OutputStream stream;
  private volatile int levelInt = Level.INFO.toInt();
  private final AtomicInteger lost = new AtomicInteger();

  LogOutput(OutputStream stream) {
    this.stream = stream;
  }

  void setStream(OutputStream stream) {
    this.stream = stream;
  }

  void setLevel(Level level) {
    levelInt = level.toInt();
  }

  boolean isEnabled(Level level) {
    return level.toInt() >= levelInt;
  }

  int lostMessages() {
    return lost.get();
  }

  /** Never throws: there is nobody left to tell when standard error is closed or full. */
  void write(String levelWord, String message, @Nullable Throwable thrown) {
    try {
      LogLine line = new LogLine().start().append(levelWord).append(message);
      if (thrown != null) {
        line.appendThrown(thrown, isEnabled(Level.DEBUG));
      }
      stream.write(line.end().toString().getBytes(StandardCharsets.UTF_8));
    } catch (Throwable ignored) {
      // Also errors, since the heap may be full.
      lost.getAndIncrement();
    }
  }
}
