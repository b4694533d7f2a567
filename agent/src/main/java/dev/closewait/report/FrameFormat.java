package dev.closewait.report;

/**
 * A stack frame as text, in the form of {@link StackTraceElement#toString()} less class loader and
 * module, which differ between runs and hide the class.
 */
public final class FrameFormat {

  private FrameFormat() {}

  /** Such as {@code com.acme.OrderHandler.handle(OrderHandler.java:57)}. */
  public static String format(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName() + "(" + place(frame) + ")";
  }

  private static String place(StackTraceElement frame) {
    if (frame.isNativeMethod()) {
      return "Native Method";
    }
    String file = frame.getFileName();
    if (file == null) {
      return "Unknown Source";
    }
    return frame.getLineNumber() < 0 ? file : file + ":" + frame.getLineNumber();
  }
}
