package dev.closewait.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** The agent's slf4j logger: formats a message and hands it to the shared output. */
final class StderrLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final transient LogOutput output;

  StderrLogger(Class<?> owner, LogOutput output) {
    this.name = owner.getName();
    this.output = output;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    String message = arguments == null ? pattern : formatted(pattern, arguments);
    output.write(levelWord(level), String.valueOf(message), thrown);
  }

  /** Arguments become text first: slf4j reports a toString that throws to System.err. */
  private static @Nullable String formatted(@Nullable String pattern, Object[] arguments) {
    Object[] texts = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      texts[i] = text(arguments[i]);
    }
    return MessageFormatter.basicArrayFormat(pattern, texts);
  }

  private static String text(@Nullable Object argument) {
    try {
      return String.valueOf(argument);
    } catch (Throwable e) {
      return "(its toString threw ".concat(e.getClass().getName()).concat(")");
    }
  }

  /** Information needs no word; a debug line says which class speaks. */
  private String levelWord(Level level) {
    // No switch: it would load one more class before the application's main.
    if (level == Level.INFO) {
      return "";
    }
    if (level == Level.WARN) {
      return "warning: ";
    }
    return level == Level.ERROR ? "error: " : "debug: ".concat(simpleName()).concat(": ");
  }

  private String simpleName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return output.isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return output.isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return output.isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return output.isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return output.isEnabled(Level.ERROR);
  }
}
