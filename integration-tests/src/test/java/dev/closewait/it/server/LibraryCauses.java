package dev.closewait.it.server;

import dev.closewait.it.client.JedisDropped;
import java.util.HashMap;
import java.util.Map;

/** The programs of {@link LibraryCausesIT} and {@link ServerThreadsIT}, each with its cause. */
public final class LibraryCauses {
  static final String STUCK = "THREAD_STUCK";

  /** Of those whose clients are in the program itself. */
  static final Map<Class<?>, String> ALL =
      Map.of(
          GrizzlyNotStarted.class, "LISTENER_NOT_REGISTERED",
          XnioBadOrder.class, "EXCEPTION_SKIPPED_CLOSE",
          JdkBusyPool.class, "UNREAD_DATA",
          XnioGoodbye.class, "HALF_CLOSED",
          JedisDropped.class, "UNREACHABLE");

  private LibraryCauses() {}

  /** The cause of each, by its simple name. */
  public static Map<String, String> all() {
    Map<String, String> causes = new HashMap<>();
    ALL.forEach((program, cause) -> causes.put(program.getSimpleName(), cause));
    causes.put(TomcatDeadlock.class.getSimpleName(), STUCK);
    causes.put(JettyJournalLock.class.getSimpleName(), STUCK);
    return causes;
  }
}
