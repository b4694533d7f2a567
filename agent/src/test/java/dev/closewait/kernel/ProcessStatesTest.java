package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no symbolic links without a privilege")
class ProcessStatesTest {

  private static final long PID = 4711;

  private static final Map<Integer, String> LINKS =
      Map.of(
          3, "socket:[12931]",
          4, "socket:[12933]",
          5, "socket:[12935]",
          6, "socket:[12959]",
          7, "socket:[12963]",
          8, "pipe:[5]");

  @TempDir private Path proc;

  @Test
  void countsTheSocketsOfAnotherProcess() throws IOException {
    ProcessStates states = states();

    assertThat(states.pid()).isEqualTo(PID);
    assertThat(states.census().owned())
        .containsExactly(
            Map.entry(TcpState.ESTABLISHED, 1),
            Map.entry(TcpState.CLOSE_WAIT, 2),
            Map.entry(TcpState.LISTEN, 2));
    assertThat(states.census().byLocalPort())
        .containsExactly(
            Map.entry(TcpState.ESTABLISHED, 2),
            Map.entry(TcpState.TIME_WAIT, 2),
            Map.entry(TcpState.CLOSE_WAIT, 4));
    assertThat(states.missing()).isEmpty();
  }

  @Test
  void countsConnectionsInCloseWaitByRemoteAddress() throws IOException {
    assertThat(states().closeWaitByRemote())
        .containsOnly(Map.entry(address("127.0.0.1"), 3), Map.entry(address("::1"), 3));
  }

  @Test
  void namesTheRemoteAddressWithTheMostConnectionsFirst() throws IOException {
    CapturedTables.process(
        proc.resolve(Long.toString(PID)), Map.of(6, "socket:[12959]", 5, "socket:[12935]"));

    assertThat(of(PID).closeWaitByRemote())
        .containsExactly(Map.entry(address("::1"), 2), Map.entry(address("127.0.0.1"), 1));
  }

  @Test
  void countsDescriptors() throws IOException {
    assertThat(states().descriptors().open()).hasValue(6);
    assertThat(states().descriptors().limit()).hasValue(20_000);
  }

  @Test
  void saysThatThereIsNoSuchProcess() {
    assertThatThrownBy(() -> of(PID))
        .isInstanceOf(UnreadableProcessException.class)
        .hasMessageStartingWith("there is no process 4711");
  }

  @Test
  void saysWhoMayLookWhenDescriptorsAreNotShown() throws IOException {
    Files.createDirectories(proc.resolve(Long.toString(PID)));

    assertThatThrownBy(() -> of(PID))
        .isInstanceOf(UnreadableProcessException.class)
        .hasMessageStartingWith("process 4711 does not show its descriptors");
  }

  @Test
  void saysThatTheTablesCanNotBeRead() throws IOException {
    Path process = proc.resolve(Long.toString(PID));
    CapturedTables.process(process, LINKS);
    Files.delete(process.resolve("net/tcp"));

    assertThatThrownBy(() -> of(PID))
        .isInstanceOf(UnreadableProcessException.class)
        .hasMessageContaining("net" + File.separator + "tcp does not exist");
  }

  private ProcessStates states() throws IOException {
    Path process = proc.resolve(Long.toString(PID));
    if (!Files.exists(process)) {
      CapturedTables.process(process, LINKS);
    }
    return of(PID);
  }

  private ProcessStates of(long pid) throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "captured on a little-endian machine");
    return ProcessStates.of(pid, proc.toFile());
  }
}
