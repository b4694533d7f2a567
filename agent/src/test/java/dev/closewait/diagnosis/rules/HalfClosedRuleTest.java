package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.READ_STACK;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.failure;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.kernel.TcpState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connections of which one direction was shut down: by the application, by its peer, by TLS. */
class HalfClosedRuleTest {
  private static final List<StackTraceElement> SHUTDOWN_STACK =
      stack(
          frame("sun.nio.ch.NioSocketImpl", "shutdownOutput", 900),
          frame("com.acme.Orders", "goodbye", 71));
  private static final List<StackTraceElement> TLS_STACK =
      stack(
          frame("sun.nio.ch.NioSocketImpl", "shutdownOutput", 900),
          frame("sun.security.ssl.SSLSocketImpl", "duplexCloseOutput", 600),
          frame("com.acme.Orders", "read", 57));

  private final Observed observed = new Observed();

  @Test
  void blamesTheShutdownWhereNobodyReadTheEnd() {
    shutOutput(SHUTDOWN_STACK);
    Ruling ruling = judge();
    assertThat(ruling).isNotNull();
    assertThat(ruling.blamed()).startsWith(SHUTDOWN_STACK);
    assertThat(ruling.fix()).contains("shutdownOutput() releases no descriptor");
    assertThat(ruling.evidence())
        .extracting(Evidence::fact)
        .contains("shutdownOutput() was called; no close since");
  }

  @Test
  void blamesTheReadOfTheEndAfterTheShutdown() {
    shutOutput(SHUTDOWN_STACK);
    observed.eof = event(READ_STACK);
    Ruling ruling = judge();
    assertThat(ruling).isNotNull();
    assertThat(ruling.blamed()).startsWith(READ_STACK);
    assertThat(ruling.evidence()).hasSize(3);
  }

  @Test
  void doesNotHoldWhileThePeerHasNotClosed() {
    shutOutput(SHUTDOWN_STACK);
    observed.state = TcpState.FIN_WAIT2;
    assertThat(judge()).isNull();
  }

  @Test
  void doesNotHoldWhereTheConnectionWasReset() {
    shutOutput(SHUTDOWN_STACK);
    observed.error = failure("java.net.SocketException: Connection reset", READ_STACK);
    assertThat(judge()).isNull();
  }

  @Test
  void takesTheGoodbyeOfTlsForNoHalfClose() {
    shutOutput(TLS_STACK);
    assertThat(judge()).isNull();
  }

  @Test
  void doesNotHoldWhereItIsNotKnownWhoShutTheOutput() {
    shutOutput(null);
    assertThat(judge()).isNull();
  }

  @Test
  void holdsForInputThatWasShutDown() {
    observed.inputShutdown = true;
    observed.shutdown = event(SHUTDOWN_STACK);
    Ruling ruling = judge();
    assertThat(ruling).isNotNull();
    assertThat(ruling.blamed()).startsWith(SHUTDOWN_STACK);
    assertThat(ruling.fix()).contains("shutdownInput() releases no descriptor");
  }

  @Test
  void blamesTheLastWriteAfterTheEnd() {
    observed.readToItsEnd();
    observed.writtenSinceEof = true;
    List<StackTraceElement> write = stack(frame("com.acme.Orders", "answer", 90));
    observed.lastUse = event(write);
    Ruling ruling = judge();
    assertThat(ruling).isNotNull();
    assertThat(ruling.blamed()).startsWith(write, READ_STACK);
  }

  private void shutOutput(@Nullable List<StackTraceElement> where) {
    observed.outputShutdown = true;
    observed.shutdown = event(where);
    observed.state = TcpState.CLOSE;
    observed.receiveQueueBytes = -1;
  }

  private @Nullable Ruling judge() {
    return new HalfClosedRule().judge(observed.suspicion());
  }
}
