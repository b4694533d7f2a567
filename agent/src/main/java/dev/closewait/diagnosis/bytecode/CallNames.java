package dev.closewait.diagnosis.bytecode;

import java.util.Set;

/** What a call does, as far as its class and its name tell. */
final class CallNames {
  private static final Set<String> LESS_CERTAIN_CLOSES =
      Set.of("shutdown", "shutdownNow", "release", "releaseConnection", "abort", "dispose");

  private static final Set<String> CONNECTION_TYPES =
      Set.of(
          "Socket",
          "Channel",
          "Stream",
          "Reader",
          "Writer",
          "Connection",
          "Response",
          "SelectionKey");

  /** They return something new each time. */
  private static final Set<String> MAKING =
      Set.of(
          "open", "accept", "create", "connect", "new", "build", "take", "poll", "next", "borrow",
          "acquire", "lease", "send", "execute", "call");

  /** Of these, what they return was nowhere before. */
  private static final Set<String> OPENING = Set.of("open", "accept", "create", "connect", "new");

  /** Whoever does this to an object may close what it has. */
  private static final Set<String> ENDING =
      Set.of(
          "stop", "end", "term", "finish", "destroy", "clean", "kill", "drop", "hang", "quit",
          "exit", "leave", "logout", "discard", "free", "tear", "shut", "cancel", "cease");

  /** What they are given, or called on, stays as it is. */
  private static final Set<String> LOOKING =
      Set.of(
          "java/io/PrintStream",
          "java/lang/String",
          "java/lang/StringBuilder",
          "java/lang/StringBuffer",
          "java/lang/invoke/StringConcatFactory",
          "java/lang/runtime/ObjectMethods",
          "java/lang/runtime/SwitchBootstraps",
          "java/util/Objects",
          "kotlin/jvm/internal/Intrinsics");

  /** They give out many connections. */
  private static final Set<String> PROVIDERS =
      Set.of(
          "Pool", "Factory", "Manager", "Client", "DataSource", "Provider", "Builder", "Selector");

  /** Their streams and readers hold no connection. */
  private static final Set<String> MEMORY_AND_FILES =
      Set.of("String", "ByteArray", "CharArray", "File");

  /** Collections in which things are looked up, rather than taken out by somebody who waits. */
  private static final Set<String> COLLECTIONS = Set.of("Set", "Map", "List", "Collection");

  /** What is given to these of a collection is compared and not kept. */
  private static final Set<String> COMPARING = Set.of("remove", "contains", "get", "indexOf");

  private static final Set<String> OPEN_TESTS = Set.of("isOpen", "isConnected", "isActive");

  private CallNames() {}

  /** True for a call that closes what it is called on or given. */
  static boolean closes(Instruction call) {
    return closesForCertain(call)
        || (LESS_CERTAIN_CLOSES.contains(call.name()) && !isListener(call.owner()));
  }

  /** False for a name that other things than connections have too. */
  static boolean closesForCertain(Instruction call) {
    String name = call.name();
    if (isListener(call.owner())) {
      return false;
    }
    if (name.startsWith("close")) {
      return !name.equals("closed") && !name.startsWith("closeFuture");
    }
    return name.equals("disconnect")
        || name.equals("quietlyClose")
        || name.endsWith("CloseQuietly")
        || (name.endsWith("Close") && isDone(name))
        || (name.startsWith("consume") && call.owner().endsWith("/EntityUtils"));
  }

  /** {@code forceClose}, but not {@code onClose}. */
  private static boolean isDone(String name) {
    return name.startsWith("safe")
        || name.startsWith("force")
        || name.startsWith("try")
        || name.startsWith("do")
        || name.startsWith("soft")
        || name.startsWith("hard")
        || name.startsWith("clean")
        || name.startsWith("flushAnd");
  }

  private static boolean isExecutor(String type) {
    return type.contains("Executor") || type.contains("ThreadPool") || type.endsWith("Semaphore");
  }

  private static boolean isListener(String type) {
    return type.contains("ServerSocket") || type.endsWith("/Selector") || isExecutor(type);
  }

  /** True for a type that most likely is a connection or a view of one. */
  static boolean isConnection(String type) {
    return !isListener(type)
        && !type.startsWith("java/util/")
        && !holdsNone(type)
        && endsWithAny(simpleName(type), CONNECTION_TYPES);
  }

  /** True for what is closed like a connection, and is in memory or a file. */
  static boolean holdsNone(String type) {
    return startsWithAny(simpleName(type), MEMORY_AND_FILES);
  }

  private static String simpleName(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
  }

  /** True for a type that may hold a connection. */
  static boolean mayHoldConnection(String type) {
    if (type.startsWith("java/lang/")) {
      return type.equals("java/lang/Object") || type.equals("java/lang/AutoCloseable");
    }
    return !(type.startsWith("java/util/")
        || type.startsWith("java/math/")
        || type.startsWith("java/time/")
        || type.startsWith("java/nio/file/")
        || type.startsWith("java/nio/charset/")
        || (type.startsWith("java/nio/") && type.endsWith("Buffer"))
        || type.startsWith("java/net/Inet")
        || type.startsWith("java/net/UR")
        || type.endsWith("Logger"));
  }

  /**
   * True for a call that returns another view or a part of what it is called on: {@code
   * getInputStream()}, {@code key.channel()}, {@code session.socket()}.
   */
  static boolean isView(Instruction call) {
    return !startsWithAny(call.name(), MAKING)
        && (isConnection(call.owner())
            || (call.descriptor().startsWith("()") && !isProvider(call.owner())));
  }

  /** True for a call that does nothing to what it works on. */
  static boolean onlyLooks(Instruction call) {
    return LOOKING.contains(call.owner())
        || call.owner().endsWith("/Logger")
        || (collects(call) && startsWithAny(call.name(), COMPARING))
        || (call.descriptor().startsWith("()")
            && (isGetter(call.name()) || (returnsConnection(call) && isView(call))));
  }

  /** True for a call of a collection that is no queue. */
  static boolean collects(Instruction call) {
    return call.owner().startsWith("java/util/")
        && !call.owner().equals("java/util/LinkedList")
        && endsWithAny(call.owner(), COLLECTIONS);
  }

  private static boolean isGetter(String name) {
    return startsWithAny(name, Set.of("get", "is", "has"))
        || name.equals("toString")
        || name.equals("hashCode");
  }

  static boolean returnsConnection(Instruction call) {
    int start = call.descriptor().indexOf(")L");
    return start >= 0
        && isConnection(call.descriptor().substring(start + 2, call.descriptor().length() - 1));
  }

  /** True where the result was not known to anybody before. */
  static boolean opens(Instruction call) {
    return startsWithAny(call.name(), OPENING);
  }

  /** True for a name that sounds like the end of what it is called on. */
  static boolean ends(Instruction call) {
    return startsWithAny(call.name(), ENDING);
  }

  static boolean isJdk(String type) {
    return type.startsWith("java/")
        || type.startsWith("javax/")
        || type.startsWith("jdk/")
        || type.startsWith("sun/")
        || type.startsWith("[");
  }

  private static boolean isProvider(String type) {
    return isListener(type) || endsWithAny(type, PROVIDERS);
  }

  static boolean testsOpen(Instruction call) {
    return OPEN_TESTS.contains(call.name()) && call.descriptor().equals("()Z");
  }

  static boolean testsClosed(Instruction call) {
    return call.name().equals("isClosed") && call.descriptor().equals("()Z");
  }

  private static boolean endsWithAny(String name, Set<String> ends) {
    for (String end : ends) {
      if (name.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithAny(String name, Set<String> starts) {
    for (String start : starts) {
      if (name.startsWith(start)) {
        return true;
      }
    }
    return false;
  }
}
