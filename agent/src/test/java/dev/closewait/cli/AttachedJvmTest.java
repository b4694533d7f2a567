package dev.closewait.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.io.IOException;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class AttachedJvmTest {
  private static final File JAR = new File("closewait-agent.jar");

  @Mock private VirtualMachine jvm;

  private AttachedJvm attached;

  @BeforeEach
  void attach() {
    attached = new AttachedJvm(4711, jvm);
  }

  @Test
  void isWatchedByWhoAnnouncedItself() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("closewait.watcher", "closewait 0.1.0, started as premain");
    when(jvm.getAgentProperties()).thenReturn(properties);

    assertThat(attached.watcher()).isEqualTo("closewait 0.1.0, started as premain");
  }

  @Test
  void isWatchedByNobodyAtFirst() throws Exception {
    when(jvm.getAgentProperties()).thenReturn(new Properties());

    assertThat(attached.watcher()).isNull();
  }

  @Test
  void readsTheReportThatTheAgentShows() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("closewait.report", "closewait: no leaks\n");
    when(jvm.getAgentProperties()).thenReturn(properties);

    assertThat(attached.report()).isEqualTo("closewait: no leaks\n");
  }

  @Test
  void sendsItsOptions() throws Exception {
    attached.load(JAR, "threshold=1s");

    verify(jvm).loadAgent(JAR.getPath(), "threshold=1s");
  }

  @Test
  void saysHowToLetAgentsIn() throws Exception {
    refuse(
        new AgentLoadException(
            "Failed to load agent library: Dynamic agent loading is not enabled. Use"
                + " -XX:+EnableDynamicAgentLoading to launch target VM."));

    assertCouldNot("4711 takes no agents while it runs: start it with");
  }

  @Test
  void saysWhereTheJarMustBe() throws Exception {
    refuse(new AgentLoadException("Agent JAR not found or no Agent-Class attribute"));

    assertCouldNot("4711 cannot load closewait-agent.jar: Agent JAR not found");
  }

  @Test
  void saysWhereToLookWhenTheAgentFails() throws Exception {
    refuse(new AgentInitializationException("Agent failed to start", 102));

    assertCouldNot("the agent did not start in 4711: Agent failed to start (see its standard");
  }

  @Test
  void saysThatTheJvmEndedMeanwhile() throws Exception {
    when(jvm.getAgentProperties()).thenThrow(new IOException("Connection refused"));

    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(attached::watcher)
        .withMessage("4711 does not answer: Connection refused");
  }

  private void refuse(Exception reason) throws Exception {
    doThrow(reason).when(jvm).loadAgent(anyString(), anyString());
  }

  private void assertCouldNot(String start) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> attached.load(JAR, ""))
        .withMessageStartingWith(start)
        .matches(e -> e.exitCode() == ExitCodes.COULD_NOT);
  }
}
