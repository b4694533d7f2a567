package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackInternerTest {
  private static final StackTraceElement HOOK = frame("java.net.CloseWaitHooks", "readv");
  private static final StackTraceElement RECORD = frame("java.net.CloseWaitRecord", "used");
  private static final StackTraceElement READ = frame("sun.nio.ch.SocketDispatcher", "read");
  private static final StackTraceElement HANDLE = frame("com.acme.Orders", "handle");

  private final StackInterner interner = new StackInterner(2, new SourceFiles());

  @Test
  void sharesEqualStacks() {
    assertThat(interner.resolve(captured(READ, HANDLE)))
        .isSameAs(interner.resolve(captured(READ, HANDLE)))
        .containsExactly(READ, HANDLE);
  }

  @Test
  void sharesEqualStacksOfDifferentPasses() {
    StackTraceElement[] first = interner.resolve(captured(READ, HANDLE));
    interner.endPass();
    assertThat(interner.resolve(captured(READ, HANDLE))).isSameAs(first);
  }

  @Test
  void tellsDifferentStacksApart() {
    assertThat(interner.resolve(captured(READ, HANDLE)))
        .isNotEqualTo(interner.resolve(captured(READ)));
  }

  @Test
  void leavesTheHooksOut() {
    assertThat(interner.resolve(captured(RECORD, HOOK, READ, HANDLE)))
        .containsExactly(READ, HANDLE);
  }

  @Test
  void leavesTheHooksOutHoweverManyThereAre() {
    assertThat(interner.resolve(captured(RECORD, RECORD, RECORD, HOOK, READ)))
        .containsExactly(READ);
  }

  @Test
  void keepsWhatIsFurtherOutThanTheJdk() {
    assertThat(interner.resolve(captured(HOOK, READ, RECORD, HANDLE)))
        .containsExactly(READ, RECORD, HANDLE);
  }

  @Test
  void takesStackWithoutFrames() {
    assertThat(interner.resolve(captured())).isEmpty();
    assertThat(interner.resolve(captured(HOOK))).isEmpty();
  }

  @Test
  void resolvesOneCaptureOnceInPass() {
    Throwable capture = captured(READ);
    StackTraceElement[] frames = interner.resolve(capture);
    capture.setStackTrace(new StackTraceElement[] {HANDLE});
    assertThat(interner.resolve(capture)).isSameAs(frames);
  }

  @Test
  void forgetsCapturesAfterThePass() {
    Throwable capture = captured(READ);
    interner.resolve(capture);
    interner.endPass();
    capture.setStackTrace(new StackTraceElement[] {HANDLE});
    assertThat(interner.resolve(capture)).containsExactly(HANDLE);
  }

  /** An exception of the application may have overridden what it is asked. */
  @Test
  void callsNothingOfTheApplication() {
    assertThat(interner.resolve(new HostileThrowable())).isNotEmpty();
  }

  @Test
  void namesTheFileOfFrameThatHasLostIt() {
    StackTraceElement lost = new StackTraceElement("com.acme.Server", "accept", null, 31);
    interner.resolve(captured(frame("com.acme.Server", "start")));
    assertThat(interner.resolve(captured(lost)))
        .containsExactly(new StackTraceElement("com.acme.Server", "accept", "Source.java", 31));
  }

  @Test
  void keepsOnlySoManyAndLetsTheLeastUsedGo() {
    StackTraceElement[] used = interner.resolve(captured(READ));
    StackTraceElement[] unused = interner.resolve(captured(HANDLE));
    interner.resolve(captured(READ));
    interner.resolve(captured(READ, HANDLE));
    assertThat(interner.resolve(captured(READ))).isSameAs(used);
    assertThat(interner.resolve(captured(HANDLE))).isNotSameAs(unused).isEqualTo(unused);
  }

  private static Throwable captured(StackTraceElement... frames) {
    Throwable captured = new Throwable();
    captured.setStackTrace(frames);
    return captured;
  }

  private static StackTraceElement frame(String className, String method) {
    return new StackTraceElement(className, method, "Source.java", 1);
  }

  private static final class HostileThrowable extends Throwable {
    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError("called");
    }
  }
}
