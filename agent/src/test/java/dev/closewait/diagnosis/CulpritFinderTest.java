package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CulpritFinderTest {
  private static final StackTraceElement JDK = frame("sun.nio.ch.NioSocketImpl", "read", 300);
  private static final StackTraceElement LIBRARY = frame("org.apache.coyote.Http", "run", 5);
  private static final StackTraceElement OURS = frame("com.acme.Orders", "read", 57);
  private static final StackTraceElement CALLER = frame("com.acme.Orders", "handle", 31);

  private final CulpritFinder finder = new CulpritFinder(ApplicationFrames.of(List.of()));

  @Test
  void takesInnermostFrameOfTheApplication() {
    assertThat(finder.find(List.of(stack(JDK, LIBRARY, OURS, CALLER))))
        .isEqualTo(new Culprit(OURS, true));
  }

  @Test
  void asksStacksInTheirOrder() {
    assertThat(finder.find(List.of(stack(JDK, CALLER), stack(JDK, OURS))))
        .isEqualTo(new Culprit(CALLER, true));
  }

  @Test
  void passesOverStackWithoutFrameOfTheApplicationAndSaysSo() {
    assertThat(finder.find(List.of(List.of(), stack(JDK, LIBRARY), stack(JDK, OURS))))
        .isEqualTo(new Culprit(OURS, false));
  }

  @Test
  void takesLibraryOnlyWhereNoStackHasTheApplication() {
    assertThat(finder.find(List.of(stack(JDK), stack(JDK, LIBRARY))))
        .isEqualTo(new Culprit(LIBRARY, false));
    assertThat(finder.find(List.of(stack(JDK, LIBRARY)))).isEqualTo(new Culprit(LIBRARY, true));
  }

  @Test
  void neverTakesTheJdk() {
    StackTraceElement httpServer = frame("sun.net.httpserver.ServerImpl", "run", 1);
    StackTraceElement sunCode = frame("com.sun.net.httpserver.Filter", "doFilter", 1);
    StackTraceElement jdkClient = frame("jdk.internal.net.http.PlainConnection", "connect", 1);
    StackTraceElement extension = frame("javax.net.ssl.SSLSocket", "read", 1);
    assertThat(finder.find(List.of(stack(JDK, httpServer, sunCode, jdkClient, extension))))
        .isNull();
  }

  @Test
  void findsNobodyWithoutStacks() {
    assertThat(finder.find(List.of())).isNull();
  }
}
