package dev.closewait.diagnosis;

/**
 * The names of a frame's class and method without what a rebuild or a restart changes: the numbers
 * that compilers give to lambdas and closures.
 *
 * <p>Read from the class files of javac 17 and 25, Kotlin 2.2, Scala 2.13 and 3.7, Groovy 4.0.
 */
final class LastingNames {
  private static final String JAVA_LAMBDA = "lambda$";
  private static final String KOTLIN_LAMBDA = "$lambda$";
  private static final String SCALA_LAMBDA = "$anonfun";
  private static final String GROOVY_NESTED = "$_";

  private LastingNames() {}

  /**
   * Kotlin, Groovy and older Scala make a class of each closure, named after the method. Java's
   * anonymous classes are named after their class only, and kept apart by their numbers.
   */
  static String className(StackTraceElement frame) {
    String name = withoutAddress(frame.getClassName());
    int groovy = groovyClosure(name);
    if (groovy >= 0) {
      return name.substring(0, groovy);
    }
    String method = withoutNumbers(name);
    return isNamedAfterMethod(method) ? method : name;
  }

  /** Hidden classes carry an address after a slash that differs in each run. */
  private static String withoutAddress(String name) {
    int hidden = name.indexOf('/');
    return hidden < 0 ? name : name.substring(0, hidden);
  }

  /** Where {@code _closure2} begins in {@code Server$_handle_closure2}; -1 in other names. */
  private static int groovyClosure(String name) {
    int nested = name.indexOf(GROOVY_NESTED);
    if (nested < 0) {
      return -1;
    }
    int closure = name.indexOf("_closure", nested + GROOVY_NESTED.length());
    return closure >= 0 ? closure : name.indexOf("_lambda", nested + GROOVY_NESTED.length());
  }

  private static boolean isNamedAfterMethod(String name) {
    int dollar = name.lastIndexOf('$');
    return dollar > 0
        && dollar + 1 < name.length()
        && Character.isLowerCase(name.charAt(dollar + 1));
  }

  /** The body of a lambda goes under the method that it stands in. */
  static String methodName(StackTraceElement frame) {
    String name = frame.getMethodName();
    if (name.startsWith(JAVA_LAMBDA)) {
      String method = withoutHash(withoutNumbers(name.substring(JAVA_LAMBDA.length())));
      return method.isEmpty() ? name : method;
    }
    int scala3 = name.indexOf("$" + SCALA_LAMBDA + "$");
    int nested = scala3 > 0 ? scala3 : name.indexOf(KOTLIN_LAMBDA);
    String method = nested > 0 ? name.substring(0, nested) : name;
    if (!method.startsWith(SCALA_LAMBDA + "$")) {
      return method;
    }
    String scala = withoutNumbers(method);
    return scala.equals(SCALA_LAMBDA) ? scala : scala.substring(SCALA_LAMBDA.length() + 1);
  }

  /** Cuts {@code $1}, and {@code $adapted}, the twin of a Scala lambda that takes boxed values. */
  private static String withoutNumbers(String name) {
    String rest = name;
    int dollar = rest.lastIndexOf('$');
    while (dollar >= 0 && (rest.endsWith("$adapted") || isNumber(rest.substring(dollar + 1), 10))) {
      rest = rest.substring(0, dollar);
      dollar = rest.lastIndexOf('$');
    }
    return rest;
  }

  /**
   * Javac puts a hash before the number of a serializable lambda: {@code lambda$main$9107ef31$1}.
   */
  private static String withoutHash(String name) {
    int dollar = name.lastIndexOf('$');
    return dollar > 0 && isNumber(name.substring(dollar + 1), 16)
        ? name.substring(0, dollar)
        : name;
  }

  private static boolean isNumber(String text, int radix) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), radix) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
