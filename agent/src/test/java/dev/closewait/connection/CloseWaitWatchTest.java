package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitHooks;
import java.net.CloseWaitWatch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls the hooks in the order in which watched methods and sockets call them. */
class CloseWaitWatchTest {
  private static final StackTraceElement HANDLE = method("handle");
  private static final StackTraceElement LOOP = method("loop");

  private final int handle = CloseWaitWatch.number(HANDLE);
  private final int loop = CloseWaitWatch.number(LOOP);
  private RecordedConnection connection;

  @BeforeEach
  void watch() throws IOException {
    connection = new RecordedConnection();
    CloseWaitWatch.start(new int[] {connection.server.socket().getLocalPort()});
  }

  @AfterEach
  void stop() throws IOException {
    CloseWaitWatch.stop();
    connection.close();
  }

  @Test
  void notesReturnWithItsLine() {
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.returned(handle, 52);
    MethodExit exit = onlyExit();
    assertThat(exit.place()).isEqualTo(at(HANDLE, 52));
    assertThat(exit.isByException()).isFalse();
    assertThat(exit.sinceLastUse()).isTrue();
    assertThat(exit.threadName()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void notesExceptionWithTheLineInItsFrames() {
    Exception thrown = new IllegalStateException("bad frame");
    thrown.setStackTrace(
        new StackTraceElement[] {at(method("parse"), 88), at(HANDLE, 57), at(LOOP, 12)});
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.left(thrown, handle);
    MethodExit exit = onlyExit();
    assertThat(exit.place()).isEqualTo(at(HANDLE, 57));
    assertThat(exit.exception()).isEqualTo("java.lang.IllegalStateException: bad frame");
    assertThat(exit.thrownAt()).startsWith(at(method("parse"), 88));
  }

  @Test
  void doesNotKnowTheLineOfExceptionWithoutFrames() {
    Exception thrown = new IllegalStateException();
    thrown.setStackTrace(new StackTraceElement[0]);
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.left(thrown, handle);
    assertThat(onlyExit().place().getLineNumber()).isNegative();
  }

  @Test
  void callsNoMethodThatTheApplicationHasOverridden() {
    Exception hostile = new Hostile("kept");
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.left(hostile, handle);
    assertThat(onlyExit().exception()).isEqualTo(Hostile.class.getName() + ": kept");
    assertThat(onlyExit().thrownAt()).isNotEmpty();
  }

  @Test
  void notesEveryMethodThatTheUseWasIn() {
    CloseWaitWatch.entered();
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.returned(handle, 52);
    CloseWaitWatch.returned(loop, 12);
    assertThat(exits()).extracting(MethodExit::place).containsExactly(at(HANDLE, 52), at(LOOP, 12));
  }

  @Test
  void notesNoMethodThatBeganAfterTheUse() {
    readEof();
    CloseWaitWatch.entered();
    CloseWaitWatch.left(new IllegalStateException("of another connection"), handle);
    assertThat(exits()).isEmpty();
  }

  @Test
  void notesNoSecondCallOfTheMethodThatTheUseWasIn() {
    CloseWaitWatch.entered();
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.returned(handle, 52);
    CloseWaitWatch.entered();
    CloseWaitWatch.left(new IllegalStateException("of another connection"), handle);
    assertThat(onlyExit().isByException()).isFalse();
  }

  @Test
  void notesNothingOfMethodThatWasEnteredBeforeItWasWatched() {
    readEof();
    CloseWaitWatch.returned(handle, 52);
    assertThat(exits()).isEmpty();
  }

  @Test
  void notesNothingOnClosedConnection() throws IOException {
    CloseWaitWatch.entered();
    readEof();
    CloseWaitHooks.closing(Records.descriptorOf(connection.accepted));
    CloseWaitWatch.returned(handle, 52);
    CloseWaitHooks.accepted(connection.accepted, connection.server);
    readEof();
    assertThat(exits()).isEmpty();
  }

  @Test
  void notesNothingWhereNobodyLooks() {
    CloseWaitWatch.start(new int[] {1});
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.returned(handle, 52);
    assertThat(exits()).isEmpty();
  }

  @Test
  void notesNothingOnceItIsStopped() {
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.stop();
    CloseWaitWatch.returned(handle, 52);
    assertThat(exits()).isEmpty();
  }

  @Test
  void goesOnWhenMoreIsWatched() {
    int port = connection.server.socket().getLocalPort();
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.start(new int[] {port, 1});
    CloseWaitWatch.returned(handle, 52);
    assertThat(exits()).hasSize(1);
  }

  @Test
  void tellsWhatWasBeforeTheLastUse() {
    CloseWaitWatch.entered();
    CloseWaitWatch.entered();
    CloseWaitHooks.read(1, Records.descriptorOf(connection.accepted));
    CloseWaitWatch.returned(handle, 40);
    readEof();
    CloseWaitWatch.returned(loop, 12);
    assertThat(exits()).extracting(MethodExit::sinceLastUse).containsExactly(false, true);
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).exitsSinceLastUse())
        .extracting(MethodExit::place)
        .containsExactly(at(LOOP, 12));
  }

  @Test
  void tellsThatAnotherThreadHasUsedItSince() throws InterruptedException {
    CloseWaitWatch.entered();
    readEof();
    Thread other = new Thread(this::readEof);
    other.start();
    other.join();
    CloseWaitWatch.returned(handle, 52);
    assertThat(onlyExit().sinceLastUse()).isFalse();
  }

  @Test
  void keepsTheExitsSinceTheLastUseOfBusyConnection() {
    for (int i = 0; i < 100; i++) {
      CloseWaitWatch.entered();
      CloseWaitHooks.read(1, Records.descriptorOf(connection.accepted));
      CloseWaitWatch.returned(handle, i);
    }
    CloseWaitWatch.entered();
    readEof();
    CloseWaitWatch.returned(handle, 100);
    assertThat(exits()).hasSizeLessThan(20);
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).exitsSinceLastUse())
        .extracting(MethodExit::place)
        .containsExactly(at(HANDLE, 100));
  }

  @Test
  void countsCallsAlsoWhenNothingIsWatched() {
    long before = CloseWaitWatch.calls();
    CloseWaitWatch.entered();
    CloseWaitWatch.stop();
    CloseWaitWatch.entered();
    assertThat(CloseWaitWatch.calls()).isEqualTo(before + 2);
  }

  private void readEof() {
    CloseWaitHooks.read(-1, Records.descriptorOf(connection.accepted));
  }

  private MethodExit onlyExit() {
    assertThat(exits()).hasSize(1);
    return exits().get(0);
  }

  private List<MethodExit> exits() {
    return connection.onlyStuck(connection.later, CLOSE_WAIT).exits();
  }

  private static StackTraceElement method(String name) {
    return at(new StackTraceElement("com.acme.Orders", name, "Orders.java", -1), -1);
  }

  private static StackTraceElement at(StackTraceElement method, int line) {
    return new StackTraceElement(
        method.getClassName(), method.getMethodName(), method.getFileName(), line);
  }

  /** An exception of an application that must not be called. */
  private static final class Hostile extends Exception {
    private static final long serialVersionUID = 1;

    Hostile(String message) {
      super(message);
    }

    @Override
    public String getMessage() {
      throw new AssertionError("called");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError("called");
    }

    @Override
    public String toString() {
      throw new AssertionError("called");
    }
  }
}
