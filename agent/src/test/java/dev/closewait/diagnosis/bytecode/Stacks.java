package dev.closewait.diagnosis.bytecode;

import java.util.List;

/** The stacks that the notes in the shapes speak of. */
final class Stacks {
  private Stacks() {}

  /** The method at its line with the note {@code USE}, and what is called there. */
  static List<StackTraceElement> of(Shapes shapes, String method) {
    List<String> use = shapes.words(method, "USE");
    String callee = use.get(2);
    int dot = callee.lastIndexOf('.');
    StackTraceElement inner =
        new StackTraceElement(
            callee.substring(0, dot), callee.substring(dot + 1), "Source.java", 1);
    return List.of(inner, frame(shapes, method));
  }

  /** The method at its line with the note {@code USE}. */
  static StackTraceElement frame(Shapes shapes, String method) {
    int line = shapes.linesWith(method, "USE").get(0);
    return new StackTraceElement(shapes.className(), method, "Shapes.java", line);
  }
}
