package dev.closewait.diagnosis.bytecode;

import java.util.Set;

/** Which calls of the JDK do not throw, as far as their class and their name tell. */
final class SafeCalls {
  /** Collections, texts and counters: they throw when the memory ends, and so does everything. */
  private static final Set<String> NEVER_THROWING =
      Set.of(
          "java/lang/StringBuilder",
          "java/lang/StringBuffer",
          "java/lang/Object",
          "java/lang/Throwable",
          "java/lang/System",
          "java/lang/Boolean",
          "java/lang/Math",
          "java/io/PrintStream",
          "java/util/List",
          "java/util/ArrayList",
          "java/util/Map",
          "java/util/HashMap",
          "java/util/Set",
          "java/util/HashSet",
          "java/util/Collection",
          "java/util/Iterator",
          "java/util/concurrent/ConcurrentHashMap",
          "kotlin/jvm/internal/Intrinsics");

  /** Of a text: those that no text, place in it or name of a charset can make throw. */
  private static final Set<String> NEVER_THROWING_OF_STRING =
      Set.of(
          "length",
          "isEmpty",
          "equals",
          "equalsIgnoreCase",
          "startsWith",
          "endsWith",
          "contains",
          "indexOf",
          "lastIndexOf",
          "trim",
          "concat",
          "replace",
          "toLowerCase",
          "toUpperCase",
          "valueOf",
          "getBytes");

  /** They note an IOException and go on. */
  private static final Set<String> NEVER_THROWING_OF_PRINT_WRITER =
      Set.of("print", "println", "write", "append", "flush", "checkError");

  private SafeCalls() {}

  /** True for what does not throw in practice, or only when the memory ends. */
  static boolean neverThrows(Instruction call) {
    return NEVER_THROWING.contains(call.owner())
        || call.owner().endsWith("/Logger")
        || call.owner().endsWith("/Log")
        || CallNames.testsClosed(call)
        || CallNames.testsOpen(call)
        || isBoxing(call)
        || isSafeOfText(call);
  }

  private static boolean isSafeOfText(Instruction call) {
    // A charset by its name may not be there; a part of an array may not either.
    boolean isChecked =
        call.descriptor().equals("(Ljava/lang/String;)[B")
            || call.descriptor().startsWith("([CII)");
    return call.owner().equals("java/lang/String")
        ? !isChecked && NEVER_THROWING_OF_STRING.contains(call.name())
        : call.owner().equals("java/io/PrintWriter")
            && NEVER_THROWING_OF_PRINT_WRITER.contains(call.name());
  }

  private static boolean isBoxing(Instruction call) {
    return call.owner().startsWith("java/lang/")
        && (call.name().endsWith("Value")
            || (call.name().equals("valueOf") && call.descriptor().startsWith(")", 2)));
  }

  /** True for the JDK's input and output, of which every failure is an IOException. */
  static boolean throwsOnlyIoException(Instruction call) {
    String type = call.owner();
    return type.startsWith("java/io/")
        || type.startsWith("java/net/")
        || type.startsWith("java/nio/")
        || type.startsWith("javax/net/");
  }
}
