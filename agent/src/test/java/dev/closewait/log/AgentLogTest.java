package dev.closewait.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class AgentLogTest {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @BeforeEach
  void useOwnStream() {
    AgentLog.useStream(stream);
  }

  @AfterEach
  void restore() {
    AgentLog.useStream(new FileOutputStream(FileDescriptor.err));
    AgentLog.setLevel(Level.INFO);
  }

  @Test
  void sharesLevelAndStreamAmongLoggersGivenOutBefore() {
    var first = AgentLog.logger(AgentLogTest.class);
    var second = AgentLog.logger(String.class);
    AgentLog.setLevel(Level.ERROR);

    first.warn("below");
    second.error("\u65E5\u672C");

    assertThat(stream.toString(StandardCharsets.UTF_8))
        .isEqualTo("closewait: error: \u65E5\u672C\n");
  }

  @Test
  void saysAtEveryLevelThatTheAgentIsOff() {
    AgentLog.setLevel(Level.ERROR);

    AgentLog.off("threshold=5 has no unit (write threshold=5s)");
    AgentLog.notice("no leaks");

    assertThat(stream)
        .hasToString(
            "closewait: off: threshold=5 has no unit (write threshold=5s); the application runs"
                + " without the agent\nclosewait: no leaks\n");
  }

  @Test
  void staysOutOfTheStreamsOfTheApplication() {
    PrintStream before = System.err;
    ByteArrayOutputStream ofApplication = new ByteArrayOutputStream();
    System.setErr(new PrintStream(ofApplication, true, StandardCharsets.UTF_8));
    try {
      AgentLog.logger(AgentLogTest.class).warn("message");
    } finally {
      System.setErr(before);
    }

    assertThat(ofApplication.size()).isZero();
    assertThat(stream).hasToString("closewait: warning: message\n");
  }

  @Test
  void warmsUpWithoutAWord() {
    AgentLog.warmUp();

    assertThat(stream.size()).isZero();
    assertThat(AgentLog.lostMessages()).isZero();
  }
}
