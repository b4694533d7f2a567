package dev.closewait.diagnosis.bytecode;

import java.util.List;
import java.util.Set;

/** How the call at a frame's line went on, as far as the frames inside it tell. */
final class Uses {
  /** What these return at the end of the stream is what their caller gets. */
  private static final List<String> PLAIN_READS =
      List.of("java.net.Socket$SocketInputStream", "sun.nio.ch.");

  /** These throw an EOFException at the end of the stream; TLS does where it was not announced. */
  private static final Set<String> THROWING_AT_END =
      Set.of("java.io.DataInputStream", "java.io.ObjectInputStream");

  /** Its {@code read(byte[])} returns what the {@code read} of three arguments does. */
  private static final String INPUT_STREAM = "java.io.InputStream";

  private static final String TLS = "sun.security.ssl.";

  private Uses() {}

  /**
   * @param index of the frame; those before it are inside
   */
  static Use at(List<StackTraceElement> stack, int index, Moment moment) {
    StackTraceElement frame = stack.get(index);
    String callee = index == 0 ? "" : stack.get(index - 1).getMethodName();
    boolean isDirect = index > 0 && isOnlyJdk(stack.subList(0, index));
    boolean isEndRead = moment == Moment.END_READ && isDirect;
    boolean returns = moment == Moment.OPENED || !(moment == Moment.FAILED && isDirect);
    boolean fails = moment != Moment.OPENED && (!isEndRead || throwsAtEnd(stack.subList(0, index)));
    boolean isEnd = isEndRead && isPlainRead(stack, index - 1);
    return new Use(frame.getLineNumber(), callee, returns, fails, isEnd, moment);
  }

  private static boolean isOnlyJdk(List<StackTraceElement> inside) {
    for (StackTraceElement frame : inside) {
      String name = frame.getClassName();
      if (!name.startsWith("java.")
          && !name.startsWith("sun.")
          && !name.startsWith("jdk.")
          && !name.startsWith("javax.")) {
        return false;
      }
    }
    return true;
  }

  private static boolean throwsAtEnd(List<StackTraceElement> inside) {
    for (StackTraceElement frame : inside) {
      if (THROWING_AT_END.contains(frame.getClassName()) || frame.getClassName().startsWith(TLS)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPlainRead(List<StackTraceElement> stack, int index) {
    StackTraceElement callee = stack.get(index);
    boolean passesOn =
        index > 0
            && callee.getClassName().equals(INPUT_STREAM)
            && callee.getMethodName().equals("read")
            && stack.get(index - 1).getMethodName().equals("read");
    StackTraceElement reading = passesOn ? stack.get(index - 1) : callee;
    for (String plain : PLAIN_READS) {
      if (reading.getClassName().startsWith(plain)) {
        return true;
      }
    }
    return false;
  }
}
