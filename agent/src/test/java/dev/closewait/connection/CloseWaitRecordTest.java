package dev.closewait.connection;

import static dev.closewait.connection.Records.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitEvent;
import java.net.CloseWaitRecord;
import java.net.CloseWaitThread;
import org.junit.jupiter.api.Test;

class CloseWaitRecordTest {
  private static final StackTraceElement[] FRAMES = {
    new StackTraceElement("com.acme.Orders", "handle", "Orders.java", 57)
  };

  private final Object handle = new Object();
  private final Object plenty = Records.budget(100);
  private final Object usedUp = usedUpBudget();
  private final CloseWaitRecord entry = Records.accepted(handle, 7);
  private final Thread me = Thread.currentThread();
  private final Thread other = new Thread(() -> call(entry, "read", 20L, plenty), "other");

  @Test
  void refersToItsHandle() {
    assertThat(entry.refersTo(handle)).isTrue();
    entry.clear();
    assertThat(entry.refersTo(null)).isTrue();
  }

  @Test
  void keepsTheFirstEndOfStreamAndCountsTheOthers() {
    call(entry, "sawEof", plenty);
    CloseWaitEvent first = entry.eof();
    Object stack = first.stack();
    call(entry, "sawEof", plenty);
    call(entry, "sawEof", plenty);
    assertThat(entry.eof()).isSameAs(first);
    assertThat(first.count()).isEqualTo(3);
    assertThat(first.stack()).isSameAs(stack).isInstanceOf(Throwable.class);
    assertThat(first.threadName()).isEqualTo(me.getName());
  }

  @Test
  void takesNoStackOfEndOfStreamBeyondTheBudget() {
    call(entry, "sawEof", usedUp);
    assertThat(entry.eof().stack()).isNull();
    assertThat(entry.eof().count()).isEqualTo(1);
  }

  @Test
  void keepsTheLastErrorAndCountsAll() {
    IOException last = new IOException("Connection reset");
    call(entry, "sawError", new IOException("odd"));
    call(entry, "sawError", last);
    assertThat(entry.error().error()).isSameAs(last);
    assertThat(entry.error().count()).isEqualTo(2);
  }

  @Test
  void countsReadsAndWritesApart() {
    call(entry, "read", 10L, plenty);
    call(entry, "read", 20L, plenty);
    call(entry, "written", 30L, plenty);
    assertThat(entry.reads()).isEqualTo(2);
    assertThat(entry.writes()).isEqualTo(1);
    assertThat(entry.lastUseNanos()).isEqualTo(30);
    assertThat(entry.lastWriteNanos()).isEqualTo(30);
    assertThat(entry.lastThread().refersTo(me)).isTrue();
  }

  @Test
  void saysThatItsLastUseIsNewerThanItsStack() {
    call(entry, "read", 10L, plenty);
    Object stack = entry.lastUseStack();
    assertThat(entry.isLastUseStackOlder()).isFalse();
    call(entry, "read", 20L, usedUp);
    assertThat(entry.lastUseStack()).isSameAs(stack).isNotNull();
    assertThat(entry.lastUseStackNanos()).isEqualTo(10);
    assertThat(entry.isLastUseStackOlder()).isTrue();
  }

  /** The first use after an idle tick has a budget of its own. */
  @Test
  void takesStackOfTheFirstUseAfterIdleTickThoughBusyOnesUsedTheBudgetUp() {
    Object budget = Records.budget(1);
    call(entry, "read", 10L, budget);
    for (int i = 0; i < 10; i++) {
      call(entry, "read", 10L, budget);
    }
    Records.call(budget, "refill", 1);
    for (int i = 0; i < 10; i++) {
      call(entry, "read", 10L, budget);
    }
    assertThat(entry.isLastUseStackOlder()).isTrue();
    call(entry, "read", 20L, budget);
    assertThat(entry.isLastUseStackOlder()).isFalse();
  }

  @Test
  void keepsTheStackOfTheFirstReadThatGotNothingUntilItIsUsed() {
    call(entry, "readTried", 10L, plenty);
    Object stack = entry.lastUseStack();
    assertThat(stack).isNotNull();
    assertThat(entry.threadOf(stack).refersTo(me)).isTrue();
    assertThat(entry.lastUseNanos()).isZero();
    assertThat(entry.lastThread()).isNull();
    call(entry, "readTried", 20L, plenty);
    assertThat(entry.lastUseStack()).isSameAs(stack);
    call(entry, "read", 30L, usedUp);
    assertThat(entry.lastUseStack()).isNull();
  }

  /** Nonblocking reads get nothing at every turn of a selector's loop. */
  @Test
  void takesNoStackOfReadThatGotNothingAfterUse() {
    call(entry, "read", 10L, plenty);
    Object stack = entry.lastUseStack();
    call(entry, "readTried", 20L, plenty);
    assertThat(entry.lastUseStack()).isSameAs(stack);
    assertThat(entry.lastUseStackNanos()).isEqualTo(10);
    assertThat(entry.isReadTried()).isTrue();
  }

  @Test
  void leavesTheBudgetOfFirstUsesToThem() {
    Object budget = Records.budget(1);
    call(entry, "readTried", 10L, budget);
    call(Records.accepted(handle, 8), "readTried", 10L, budget);
    assertThat(entry.lastUseStack()).isNotNull();
    assertThat(Records.take(budget, Records.USE, 0)).isTrue();
  }

  @Test
  void keepsItsHolderWhileOneThreadUsesIt() {
    call(entry, "read", 10L, plenty);
    CloseWaitThread holder = entry.lastThread();
    call(entry, "written", 20L, plenty);
    call(entry, "sawEof", plenty);
    assertThat(entry.lastThread()).isSameAs(holder);
  }

  @Test
  void noticesThatAnotherThreadUsesIt() throws InterruptedException {
    call(entry, "read", 10L, plenty);
    useFromOtherThread();
    assertThat(entry.lastThread().refersTo(other)).isTrue();
    assertThat(entry.lastThread().name()).isEqualTo("other");
  }

  @Test
  void takesSharedHolderOfItsThread() {
    call(entry, "read", 10L, plenty);
    CloseWaitRecord second = Records.accepted(handle, 8);
    call(second, "read", 10L, plenty);
    entry.shareLastThread(entry.lastThread(), second.lastThread());
    assertThat(entry.lastThread()).isSameAs(second.lastThread());
  }

  @Test
  void keepsNewerThreadWhenTheScannerWasSlow() throws InterruptedException {
    call(entry, "read", 10L, plenty);
    CloseWaitThread older = entry.lastThread();
    useFromOtherThread();
    entry.shareLastThread(older, older);
    assertThat(entry.lastThread().refersTo(other)).isTrue();
  }

  private void useFromOtherThread() throws InterruptedException {
    other.start();
    other.join();
  }

  @Test
  void replacesItsStackByTheSharedFrames() {
    call(entry, "read", 10L, plenty);
    CloseWaitThread user = entry.threadOf(entry.lastUseStack());
    entry.resolveLastUseStack(entry.lastUseStack(), FRAMES, user);
    assertThat(entry.lastUseStack()).isSameAs(FRAMES);
    assertThat(entry.threadOf(FRAMES)).isSameAs(user).isNotNull();
  }

  @Test
  void keepsNewerStackWhenTheScannerWasSlow() {
    call(entry, "read", 10L, plenty);
    Object older = entry.lastUseStack();
    call(entry, "read", 20L, plenty);
    Object newer = entry.lastUseStack();
    entry.resolveLastUseStack(older, FRAMES, entry.threadOf(older));
    assertThat(entry.lastUseStack()).isSameAs(newer).isNotSameAs(older);
  }

  @Test
  void knowsWhoseStackItHasWhenAnotherThreadSeesTheEnd() throws InterruptedException {
    useFromOtherThread();
    call(entry, "sawEof", plenty);
    assertThat(entry.lastThread().refersTo(me)).isTrue();
    assertThat(entry.threadOf(entry.lastUseStack()).name()).isEqualTo("other");
  }

  @Test
  void keepsTheFirstCloseRequest() {
    call(entry, "closeRequested");
    CloseWaitEvent first = entry.closeRequest();
    call(entry, "closeRequested");
    assertThat(entry.closeRequest()).isSameAs(first);
    assertThat(first.stack()).isNull();
  }

  @Test
  void takesTheStackOfCloseThatLeftTheDescriptor() {
    call(entry, "closeRequested");
    call(entry, "closeLeftDescriptor", plenty);
    assertThat(entry.closeRequest().stack()).isInstanceOf(Throwable.class);
  }

  @Test
  void keepsTheExceptionOfCloseThatFailed() {
    IOException thrown = new IOException("Input/output error");
    call(entry, "closeRequested");
    call(entry, "closeFailed", thrown);
    assertThat(entry.closeRequest().error()).isSameAs(thrown);
  }

  @Test
  void remembersTheFirstShutdownWithItsStack() {
    call(entry, "inputShutdownSeen", plenty);
    CloseWaitEvent first = entry.shutdown();
    call(entry, "outputShutdownSeen", plenty);
    assertThat(entry.shutdown()).isSameAs(first);
    assertThat(first.stack()).isInstanceOf(Throwable.class);
    assertThat(entry.isInputShutdown()).isTrue();
    assertThat(entry.isOutputShutdown()).isTrue();
  }

  @Test
  void tellsWritesAfterTheEndFromThoseBefore() {
    call(entry, "written", 10L, plenty);
    call(entry, "sawEof", plenty);
    assertThat(entry.isWrittenSinceEof()).isFalse();
    call(entry, "written", 10L, plenty);
    assertThat(entry.isWrittenSinceEof()).isTrue();
  }

  @Test
  void countsAcceptsOfListenerAndRemembersTheirStackForTheThread() {
    CloseWaitRecord listener = Records.record(handle, 3, CloseWaitRecord.LISTENING, null);
    Object stack = call(listener, "acceptedOne", 10L, true);
    call(listener, "acceptedOne", 20L, false);
    assertThat(listener.writes()).isEqualTo(2);
    assertThat(listener.lastUseNanos()).isEqualTo(20);
    assertThat(call(listener, "acceptStackOf", me)).isSameAs(stack).isNotNull();
    assertThat(call(listener, "acceptStackOf", other)).isNull();
  }

  @Test
  void lendsNoStackOfAnotherThreadThatAccepted() throws InterruptedException {
    CloseWaitRecord listener = Records.record(handle, 3, CloseWaitRecord.LISTENING, null);
    Thread first = new Thread(() -> call(listener, "acceptedOne", 10L, true));
    first.start();
    first.join();
    call(listener, "acceptedOne", 20L, false);
    assertThat(call(listener, "acceptStackOf", me)).isNull();
  }

  @Test
  void remembersSinceWhenItIsStuck() {
    assertThat(entry.stuck(false, 10)).isZero();
    assertThat(entry.stuck(true, 20)).isEqualTo(20);
    assertThat(entry.stuck(true, 30)).isEqualTo(20);
    assertThat(entry.stuck(false, 40)).isZero();
    assertThat(entry.stuck(true, 50)).isEqualTo(50);
  }

  private static Object usedUpBudget() {
    Object budget = Records.budget(1);
    for (int purpose = Records.OPEN; purpose <= Records.END; purpose++) {
      while (Records.take(budget, purpose, 0)) {
        // Until nothing is left for the port of a record without endpoints.
      }
    }
    return budget;
  }
}
