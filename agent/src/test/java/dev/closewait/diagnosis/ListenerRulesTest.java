package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.ACCEPT_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.listener;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.ThreadEnd;
import java.lang.ref.WeakReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListenerRulesTest {
  private static final SocketEvent LAST_ACCEPT = event(ACCEPT_STACK);

  private final ApplicationFrames application = ApplicationFrames.of(List.of());
  private final ListenerRules rules = new ListenerRules(application, new ThreadWatch(application));

  @Test
  void channelWithoutSelectorIsNotRegistered() {
    Ruling ruling = judge(listener(7, 0, null, new Registration(false, 0, false)));
    assertThat(ruling.cause()).isEqualTo(Cause.LISTENER_NOT_REGISTERED);
    assertThat(ruling.role()).isEqualTo("bound");
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("bind");
  }

  @Test
  void blockingChannelNeedsNoSelector() {
    assertThat(judge(listener(7, 0, null, new Registration(false, 0, true))).cause())
        .isEqualTo(Cause.NEVER_ACCEPTED);
  }

  @Test
  void registeredChannelIsNotAcceptedFrom() {
    assertThat(judge(listener(7, 0, null, new Registration(true, 16, false))).cause())
        .isEqualTo(Cause.NEVER_ACCEPTED);
  }

  @Test
  void saysThatNobodyHasEverAccepted() {
    Ruling ruling = judge(listener(7, 0));
    assertThat(ruling.reason()).contains("Nobody has ever accepted").contains("bound in %s");
    assertThat(ruling.blamed().get(0).get(0).getMethodName()).isEqualTo("bind");
  }

  @Test
  void blamesTheLastAcceptOfThreadThatHasEnded() {
    Ruling ruling = judge(acceptedBy(null, new ThreadEnd("worker-1", false, null, List.of())));
    assertThat(ruling.reason()).contains("worker-1, has ended");
    assertThat(ruling.blamed()).startsWith(ACCEPT_STACK);
    assertThat(ruling.evidence().get(0).fact()).contains("not known");
  }

  @Test
  void tellsTheExceptionThatEndedTheThread() {
    List<StackTraceElement> thrown = stack(frame("com.acme.Server", "table", 44));
    Ruling ruling = judge(acceptedBy(null, new ThreadEnd("worker-1", false, "Boom: x", thrown)));
    assertThat(ruling.reason()).contains("worker-1, was ended by Boom: x;");
    assertThat(ruling.fix())
        .isEqualTo("catch Throwable in the loop that accepts, and go on: Boom has ended it");
    assertThat(ruling.blamed()).startsWith(ACCEPT_STACK);
    assertThat(ruling.evidence().get(0).source()).isEqualTo(Evidence.Source.HOOK);
    assertThat(ruling.evidence().get(0).stack()).isEqualTo(thrown);
  }

  @Test
  void blamesThePlaceWhereTheThreadThatAcceptsStands() {
    Ruling ruling = judge(acceptedBy(new WeakReference<>(Thread.currentThread()), null));
    assertThat(ruling.reason())
        .startsWith("The thread that accepts, " + Thread.currentThread().getName());
    assertThat(application.innermost(ruling.blamed().get(0)))
        .isNotNull()
        .extracting(StackTraceElement::getMethodName)
        .isNotEqualTo("listen");
  }

  @Test
  void tellsWhyTheLastAcceptFailed() {
    ListenerSnapshot failing =
        withError(listener(7, 3, LAST_ACCEPT, null), "java.io.IOException: Too many open files");
    assertThat(judge(failing).evidence())
        .extracting(Evidence::fact)
        .anyMatch(fact -> fact.contains("Too many open files"));
  }

  @Test
  void carriesWhatTheKernelSays() {
    assertThat(rules.judge(listener(7, 0), 4).evidence())
        .filteredOn(evidence -> evidence.source() == Evidence.Source.KERNEL)
        .singleElement()
        .extracting(Evidence::fact)
        .asString()
        .startsWith("4 in CLOSE_WAIT")
        .contains("127.0.0.1:8080");
  }

  private Ruling judge(ListenerSnapshot listener) {
    return rules.judge(listener, 1);
  }

  private static ListenerSnapshot acceptedBy(
      @Nullable WeakReference<Thread> acceptor, @Nullable ThreadEnd end) {
    ListenerSnapshot of = listener(7, 3, LAST_ACCEPT, null);
    return new ListenerSnapshot(
        of.id(),
        of.descriptor(),
        of.transport(),
        of.local(),
        of.bound(),
        of.accepted(),
        of.lastAccept(),
        acceptor,
        end,
        null,
        null,
        null,
        false);
  }

  private static ListenerSnapshot withError(ListenerSnapshot of, String detail) {
    return new ListenerSnapshot(
        of.id(),
        of.descriptor(),
        of.transport(),
        of.local(),
        of.bound(),
        of.accepted(),
        of.lastAccept(),
        null,
        null,
        Observed.failure(detail, ACCEPT_STACK),
        null,
        null,
        false);
  }
}
