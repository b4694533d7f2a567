package dev.closewait.report.text;

import static dev.closewait.report.SampleEvents.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.report.SampleEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldedStackTest {

  private static final StackTraceElement READ = frame("java.net.Socket", "read", 1);
  private static final StackTraceElement THREAD = frame("java.lang.Thread", "run", 2);
  private static final StackTraceElement LIBRARY = frame("org.library.Reader", "fill", 3);
  private static final StackTraceElement LOOP = frame("org.library.Loop", "run", 4);
  private static final StackTraceElement HANDLE = frame("com.acme.Handler", "handle", 5);
  private static final StackTraceElement SERVE = frame("com.acme.Server", "serve", 6);

  @Test
  void leavesOutTheJdkBelowTheApplicationAndCountsItAbove() {
    assertThat(fold(HANDLE, READ, READ, HANDLE, SERVE, THREAD, THREAD))
        .containsExactly(
            "com.acme.Handler.handle(Handler.java:5) *",
            "com.acme.Server.serve(Server.java:6)",
            "... 2 JDK frames");
  }

  @Test
  void showsWhichLibraryMadeTheCall() {
    assertThat(fold(null, READ, LIBRARY, LOOP, LOOP, HANDLE, LOOP, THREAD))
        .containsExactly(
            "org.library.Reader.fill(Reader.java:3)",
            "... 2 library frames",
            "com.acme.Handler.handle(Handler.java:5)",
            "... 2 library and JDK frames");
  }

  @Test
  void showsOneFrameOfAStackWithoutApplication() {
    assertThat(fold(null, READ, THREAD))
        .containsExactly("java.net.Socket.read(Socket.java:1)", "... 1 JDK frame");
    assertThat(fold(null, READ)).containsExactly("java.net.Socket.read(Socket.java:1)");
    assertThat(fold(null)).isEmpty();
  }

  @Test
  void showsACulpritThatThePredicateDoesNotTakeForApplication() {
    assertThat(fold(LOOP, READ, LIBRARY, LOOP, THREAD))
        .containsExactly(
            "org.library.Reader.fill(Reader.java:3)",
            "org.library.Loop.run(Loop.java:4) *",
            "... 1 JDK frame");
  }

  @Test
  void boundsADeepRecursionButKeepsTheCulprit() {
    List<StackTraceElement> frames = new ArrayList<>(Collections.nCopies(500, HANDLE));
    frames.add(SERVE);
    frames.addAll(Collections.nCopies(500, SERVE));

    List<String> lines = fold(SERVE, frames.toArray(StackTraceElement[]::new));

    assertThat(lines).hasSize(FoldedStack.MAX_APPLICATION_FRAMES + 3);
    assertThat(lines.subList(FoldedStack.MAX_APPLICATION_FRAMES, lines.size()))
        .containsExactly(
            "... 488 more frames", "com.acme.Server.serve(Server.java:6) *", "... 500 more frames");
  }

  @Test
  void namesTheInnermostFrameOfTheApplicationElseOfALibraryNeverOfTheJdk() {
    assertThat(innermost(READ, LIBRARY, HANDLE, SERVE)).isEqualTo(HANDLE);
    assertThat(innermost(READ, LIBRARY, LOOP)).isEqualTo(LIBRARY);
    assertThat(innermost(READ, THREAD)).isNull();
    assertThat(innermost()).isNull();
  }

  private static @Nullable StackTraceElement innermost(StackTraceElement... frames) {
    return FoldedStack.innermost(List.of(frames), SampleEvents::isAcme);
  }

  private static List<String> fold(
      @Nullable StackTraceElement culprit, StackTraceElement... frames) {
    return FoldedStack.of(List.of(frames), culprit, SampleEvents::isAcme).lines().stream()
        .map(line -> line.isCulprit() ? line.text() + " *" : line.text())
        .toList();
  }
}
