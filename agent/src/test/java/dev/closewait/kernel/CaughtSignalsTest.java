package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CaughtSignalsTest {

  @TempDir private Path directory;

  @Test
  void readsTheMaskOfJvm() throws IOException {
    CaughtSignals signals =
        read("SigIgn:\t0000000000000000\nSigCgt:\t2000000181005ccf\nCapInh:\t0");

    assertThat(signals.mask()).hasValue(0x2000000181005ccfL);
    assertThat(signals.surelyLeaveOutQuit()).isFalse();
  }

  @Test
  void leaveOutQuitWhereItsBitIsZero() throws IOException {
    assertThat(read("SigCgt:\t2000000181005ccb\n").surelyLeaveOutQuit()).isTrue();
  }

  @Test
  void readsMaskWithTheHighestBit() throws IOException {
    assertThat(read("SigCgt:\tfffffffe7ffbfeff\n").surelyLeaveOutQuit()).isFalse();
  }

  @Test
  void areNotSureWithoutTheRow() throws IOException {
    assertThat(read("Name:\tjava\n").surelyLeaveOutQuit()).isFalse();
  }

  @Test
  void areNotSureWhereTheRowIsStrange() throws IOException {
    assertThat(read("SigCgt:\tnone\n").surelyLeaveOutQuit()).isFalse();
  }

  @Test
  void areNotSureWithoutTheFile() {
    CaughtSignals signals = CaughtSignals.read(new File(directory.toFile(), "none"));

    assertThat(signals.mask()).isEmpty();
    assertThat(signals.surelyLeaveOutQuit()).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ofThisJvmHaveQuit() {
    CaughtSignals signals = CaughtSignals.ofProcess(ProcessHandle.current().pid());

    assertThat(signals.mask()).isPresent();
    assertThat(signals.surelyLeaveOutQuit()).isFalse();
  }

  private CaughtSignals read(String status) throws IOException {
    Path file = directory.resolve("status");
    Files.writeString(file, status);
    return CaughtSignals.read(file.toFile());
  }
}
