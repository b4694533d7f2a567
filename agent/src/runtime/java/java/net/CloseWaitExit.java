package java.net;

import jdk.internal.access.SharedSecrets;

/**
 * Runs the agent's last scan after the shutdown hooks of the application, which may close sockets
 * yet.
 */
public final class CloseWaitExit {
  /**
   * {@code java.lang.Shutdown} runs its slots in order: 0 console, 1 application hooks, 2
   * delete-on-exit (OpenJDK 17, 25).
   */
  private static final int FIRST_FREE_SLOT = 3;

  private static final int SLOTS = 10;

  private CloseWaitExit() {}

  /** Returns false when no slot is free, or the JVM is shutting down already. */
  public static boolean runAfterApplicationHooks(Runnable hook) {
    for (int slot = FIRST_FREE_SLOT; slot < SLOTS; slot++) {
      try {
        SharedSecrets.getJavaLangAccess().registerShutdownHook(slot, false, hook);
        return true;
      } catch (InternalError | IllegalStateException e) {
        // Taken by another: the next one.
      }
    }
    return false;
  }
}
