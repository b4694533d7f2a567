package dev.closewait.diagnosis.bytecode;

import java.util.ArrayList;
import java.util.List;

/** The stacks that the notes in the shapes speak of. */
final class Stacks {
  private Stacks() {}

  /**
   * The method at its line with the note {@code USE}, and what is called there: {@code
   * java.io.InputStream.read/sun.nio.ch.Some.read} where that has called another.
   */
  static List<StackTraceElement> of(Shapes shapes, String method) {
    List<StackTraceElement> stack = new ArrayList<>();
    stack.add(frame(shapes, method));
    for (String callee : shapes.words(method, "USE").get(2).split("/")) {
      int dot = callee.lastIndexOf('.');
      stack.add(
          0,
          new StackTraceElement(
              callee.substring(0, dot), callee.substring(dot + 1), "Source.java", 1));
    }
    return stack;
  }

  /** The method at its line with the note {@code USE}. */
  static StackTraceElement frame(Shapes shapes, String method) {
    int line = shapes.linesWith(method, "USE").get(0);
    return new StackTraceElement(shapes.className(), method, "Shapes.java", line);
  }
}
