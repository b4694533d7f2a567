package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.Direction;
import dev.closewait.instrument.watch.MethodWatch.Watched;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchedMethodsTest {
  private final WatchedMethods methods = new WatchedMethods(ApplicationFrames.of(List.of()));
  private final Observed observed = new Observed();

  @Test
  void takesTheApplicationsMethodsOfAllStacksInnermostFirst() {
    assertThat(watched().frames())
        .containsExactly(READ_STACK.get(1), READ_STACK.get(2), ACCEPT_STACK.get(2));
  }

  @Test
  void takesTheStacksOfEndAndError() {
    StackTraceElement end = frame("com.acme.End", "read", 1);
    StackTraceElement error = frame("com.acme.Error", "read", 1);
    observed.eof = event(List.of(end));
    observed.error = event(List.of(error));
    assertThat(watched().frames()).startsWith(end, error);
  }

  @Test
  void takesSomeMethodsOnlyButEachLineOfThem() {
    List<StackTraceElement> deep = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      deep.add(frame("com.acme.Deep", "level" + i, 5));
    }
    deep.add(frame("com.acme.Deep", "level0", 9));
    observed.eof = event(deep);
    assertThat(watched().frames())
        .hasSize(9)
        .contains(frame("com.acme.Deep", "level7", 5), frame("com.acme.Deep", "level0", 9))
        .doesNotContain(frame("com.acme.Deep", "level8", 5));
  }

  @Test
  void takesThePortThatAcceptedOrWasConnectedTo() {
    assertThat(watched().ports()).containsExactly(observed.local.port());
    observed.direction = Direction.CONNECTED;
    assertThat(watched().ports()).containsExactly(observed.remote.port());
  }

  @Test
  void waitsUntilTheThreadHasLeftTheMethod() {
    observed.lastUser = new WeakReference<>(Thread.currentThread());
    StackTraceElement here = Thread.currentThread().getStackTrace()[1];
    observed.lastUse = event(List.of(here));
    assertThat(methods.of(group(observed.leaked(), here)).frames()).isEmpty();
    StackTraceElement other = frame(here.getClassName(), "other", 1);
    assertThat(methods.of(group(observed.leaked(), other)).frames()).contains(here);
  }

  /** What runs has no lines for a StackWalker; only the culprit's class is worth that. */
  @Test
  void leavesClassesAloneInWhichThreadStands() {
    observed.lastUser = new WeakReference<>(Thread.currentThread());
    StackTraceElement here = Thread.currentThread().getStackTrace()[1];
    StackTraceElement gone = frame("com.acme.Orders", "handle", 31);
    observed.lastUse = event(List.of(gone, here));
    assertThat(methods.of(group(observed.leaked(), gone)).frames())
        .contains(gone)
        .doesNotContain(here);
  }

  @Test
  void takesNothingWhereNoHookSawTheConnection() {
    LeakedConnection unseen =
        new LeakedConnection(null, observed.local, observed.remote, observed.state, 1, 1, 1);
    assertThat(methods.of(group(unseen, null)).frames()).isEmpty();
  }

  private Watched watched() {
    return methods.of(group(observed.leaked(), null));
  }

  private static LeakGroup group(LeakedConnection example, @Nullable StackTraceElement culprit) {
    return new LeakGroup(
        "9f31c2aabbcc",
        SocketKind.ACCEPTED,
        Verdict.SUSPECT,
        Cause.UNKNOWN,
        "Because.",
        culprit,
        "culprit",
        "fix",
        1,
        1,
        1,
        0,
        false,
        List.of(),
        List.of(example));
  }
}
