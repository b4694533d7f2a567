package dev.closewait.connection;

import java.net.CloseWaitCollected;
import java.net.CloseWaitControl;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks have counted since they were switched on.
 *
 * @param opened connections recorded
 * @param closed those of {@code opened} that have been closed
 * @param notTracked connections not recorded because the table was full
 * @param stacksRefused true when a connection has gone without the stack of its opening or end
 * @param collectedUnseen connections closed by the garbage collector, too many to keep until a scan
 * @param closesNotSeen descriptors that were handed out again before their close was seen
 * @param hookErrors errors that the hooks swallowed
 * @param firstError the first of them since the last call; null when there was none
 * @param missingField the first private field of the JDK that the hooks read and this JDK lacks;
 *     null when it has all
 */
public record HookCounters(
    long opened,
    long closed,
    long notTracked,
    boolean stacksRefused,
    long collectedUnseen,
    long closesNotSeen,
    long hookErrors,
    @Nullable String firstError,
    @Nullable String missingField) {

  /** True when connections may have gone unrecorded that the hooks have seen. */
  public boolean hasGaps() {
    return notTracked > 0 || hookErrors > 0;
  }

  static HookCounters take() {
    long errors = CloseWaitControl.hookErrors();
    Throwable error = CloseWaitControl.takeFirstError();
    return new HookCounters(
        CloseWaitControl.opened(),
        CloseWaitControl.closed(),
        CloseWaitControl.notTracked(),
        CloseWaitControl.hasRefusedStacks(),
        CloseWaitCollected.unseen(),
        CloseWaitControl.closesNotSeen(),
        errors,
        error == null ? null : error.toString(),
        CloseWaitControl.missingField());
  }
}
