package java.net;

import java.io.FileDescriptor;
import sun.net.PlatformSocketImpl;

/**
 * What the woven JDK methods call: each checks the off switch, keeps every error to itself, and
 * hands the event to the record of its descriptor.
 *
 * <p>Application threads run this: no monitor, no I/O, no class loading, no string building, and no
 * call of a socket method, so nothing can come back in here. A value that the woven method returned
 * or threw is the first parameter.
 */
public final class CloseWaitHooks {
  private CloseWaitHooks() {}

  public static void read(int n, FileDescriptor fd) {
    readv(n, fd);
  }

  /**
   * {@code n} as in {@code sun.nio.ch.IOStatus}: -1 is the kernel's end of stream, below that no
   * data yet.
   */
  public static void readv(long n, FileDescriptor fd) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.transferring(fd);
      if (entry == null) {
        return;
      }
      if (n > 0) {
        entry.read(CloseWaitControl.clock(), CloseWaitControl.BUDGET);
      } else if (n == -1) {
        entry.sawEof(CloseWaitControl.BUDGET);
      } else {
        entry.readTried(CloseWaitControl.clock(), CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void written(int n, FileDescriptor fd) {
    writtenv(n, fd);
  }

  public static void writtenv(long n, FileDescriptor fd) {
    if (n <= 0 || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.transferring(fd);
      if (entry != null) {
        entry.written(CloseWaitControl.clock(), CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** A read or write that threw. */
  public static void transferFailed(Throwable thrown, FileDescriptor fd) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.transferring(fd);
      if (entry != null) {
        entry.sawError(thrown);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** Before the descriptor is closed, and so before the kernel can hand its number out again. */
  public static void closing(FileDescriptor fd) {
    if (!CloseWaitControl.isWatching()) {
      return;
    }
    try {
      CloseWaitControl.closing(CloseWaitFields.descriptor(fd));
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void accepted(Object accepted, Object listener) {
    if (accepted == null || CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitOpenings.accepted(accepted, CloseWaitOpenings.recordOf(listener));
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * Of a thread that stood in {@code accept} when the agent was attached: its own frames call the
   * old code. A {@code SocketImpl} of the application's own may be anything.
   */
  public static void acceptReturned(Object accepted) {
    if (!CloseWaitControl.adopting() || CloseWaitControl.off()) {
      return;
    }
    try {
      if (accepted instanceof PlatformSocketImpl && CloseWaitOpenings.recordOf(accepted) == null) {
        CloseWaitOpenings.accepted(accepted, null);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void acceptFailed(Throwable thrown, Object listener) {
    if (thrown instanceof SocketTimeoutException || CloseWaitControl.off()) {
      return;
    }
    try {
      error(thrown, listener);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * Before the connection is made: once it is, another thread may use and close the channel before
   * this one has returned.
   */
  public static void connecting(Object handle, SocketAddress remote) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitOpenings.connecting(handle, remote);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void connected(boolean finished, Object handle) {
    if (finished) {
      connected(handle);
    }
  }

  public static void connected(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitOpenings.connected(handle);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void connectFailed(Throwable thrown, Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      error(thrown, handle);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void listening(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitOpenings.listening(handle);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void closeRequested(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
      if (entry != null) {
        entry.closeRequested();
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /**
   * Has a record only when the descriptor is still open: a non-blocking channel waits for its
   * selector.
   */
  public static void closeReturned(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
      if (entry != null) {
        entry.closeLeftDescriptor(CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void closeFailed(Throwable thrown, Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
      if (entry != null) {
        entry.closeFailed(thrown);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void inputShutdown(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
      if (entry != null) {
        entry.inputShutdownSeen(CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  public static void outputShutdown(Object handle) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
      if (entry != null) {
        entry.outputShutdownSeen(CloseWaitControl.BUDGET);
      }
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  /** Before an exception is handed to the default handler, as a rule by the thread that it ends. */
  public static void uncaught(Throwable thrown) {
    if (CloseWaitControl.off()) {
      return;
    }
    try {
      CloseWaitEndings.ending(Thread.currentThread(), thrown);
    } catch (Throwable t) {
      CloseWaitControl.hookFailed(t);
    }
  }

  private static void error(Throwable thrown, Object handle) {
    CloseWaitRecord entry = CloseWaitOpenings.recordOf(handle);
    if (entry != null) {
      entry.sawError(thrown);
    }
  }
}
