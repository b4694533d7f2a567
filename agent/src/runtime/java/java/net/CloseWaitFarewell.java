package java.net;

/**
 * What the application has done to end a connection that is still open: directions shut down, and
 * requests to close.
 */
public abstract class CloseWaitFarewell extends CloseWaitNotes {
  private boolean inputShutdown;
  private boolean outputShutdown;
  private CloseWaitEvent shutdown;
  private CloseWaitEvent closeRequest;

  CloseWaitFarewell(
      Object handle, int descriptor, byte kind, byte transport, CloseWaitRecord listener, long id) {
    super(handle, descriptor, kind, transport, listener, id);
  }

  final void closeRequested() {
    if (closeRequest == null) {
      closeRequest = new CloseWaitEvent(null, null);
    }
  }

  final void closeLeftDescriptor(CloseWaitBudget budget) {
    CloseWaitEvent request = closeRequest;
    if (request != null && request.stack == null && budget.take(CloseWaitBudget.END, site())) {
      request.stack = new CloseWaitStack();
    }
  }

  final void closeFailed(Throwable thrown) {
    closeRequest = new CloseWaitEvent(thrown, thrown);
  }

  final void inputShutdownSeen(CloseWaitBudget budget) {
    inputShutdown = true;
    shutdownSeen(budget);
  }

  final void outputShutdownSeen(CloseWaitBudget budget) {
    outputShutdown = true;
    shutdownSeen(budget);
  }

  private void shutdownSeen(CloseWaitBudget budget) {
    if (shutdown == null) {
      boolean sampled = budget.take(CloseWaitBudget.END, site());
      shutdown = new CloseWaitEvent(sampled ? new CloseWaitStack() : null, null);
    }
  }

  public final boolean isInputShutdown() {
    return inputShutdown;
  }

  public final boolean isOutputShutdown() {
    return outputShutdown;
  }

  /** The first shutdown of one direction, whichever; null before. */
  public final CloseWaitEvent shutdown() {
    return shutdown;
  }

  /** The first close request, or the last that failed; null before. */
  public final CloseWaitEvent closeRequest() {
    return closeRequest;
  }
}
