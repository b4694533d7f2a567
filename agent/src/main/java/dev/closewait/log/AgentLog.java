package dev.closewait.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Gives out the agent's loggers; they share one level and one stream, and may be used by any
 * thread. Loggers never come from {@code org.slf4j.LoggerFactory}, whose provider a property or a
 * service file of the application could choose.
 */
public final class AgentLog {
  /**
   * Not System.err: the application may replace, close or lock that. The stream is never closed,
   * and java.io.FileOutputStream on a given descriptor has no cleaner that would close it.
   */
  private static final LogOutput OUTPUT = new LogOutput(new FileOutputStream(FileDescriptor.err));

  private AgentLog() {}

  public static Logger logger(Class<?> owner) {
    return new StderrLogger(owner, OUTPUT);
  }

  /** Says that the agent does nothing, at every level: the application's owner must know. */
  public static void off(String reason) {
    notice("off: ".concat(reason).concat("; the application runs without the agent"));
  }

  /** Says, at every level and without a level word, what the user must know. */
  public static void notice(String message) {
    OUTPUT.write("", message, null);
  }

  public static void setLevel(Level level) {
    OUTPUT.setLevel(level);
  }

  /** Writes to another stream from now on, in one call of {@code write(byte[])} a message. */
  public static void useStream(OutputStream stream) {
    OUTPUT.setStream(stream);
  }

  /** How many messages standard error did not take. */
  public static int lostMessages() {
    return OUTPUT.lostMessages();
  }

  /**
   * Loads every class that a message may need, so that the first message of a process that has run
   * out of descriptors, or whose agent jar was replaced, can still be written.
   */
  public static void warmUp() {
    LogOutput discarded = new LogOutput(OutputStream.nullOutputStream());
    discarded.setLevel(Level.DEBUG);
    Exception exception = new IllegalStateException("warm-up", new RuntimeException("\n"));
    new StderrLogger(AgentLog.class, discarded).debug("{} is {}", "log", "warm", exception);
  }
}
