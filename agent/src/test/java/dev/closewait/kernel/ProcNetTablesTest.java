package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcNetTablesTest {

  @TempDir private Path net;

  @Test
  void readsBothTables() throws IOException {
    write("tcp");
    write("tcp6");
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(rows(tables)).isEqualTo(48);
    }
  }

  @Test
  void readsFromTheStartAgainEachTime() throws IOException {
    write("tcp");
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(rows(tables)).isEqualTo(16);
      assertThat(rows(tables)).isEqualTo(16);
      Files.write(net.resolve("tcp"), new byte[0]);
      assertThat(rows(tables)).isZero();
    }
  }

  @Test
  void doesWithoutTcp6WhereIpv6IsDisabled() throws IOException {
    write("tcp");
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(rows(tables)).isEqualTo(16);
    }
  }

  @Test
  void isUnavailableWhereTheKernelHasNoTables() throws IOException {
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(reason(tables))
          .isEqualTo(net.resolve("tcp") + " does not exist on " + System.getProperty("os.name"));
    }
  }

  @Test
  void isUnavailableAsAWholeWhenOnlyTcp6CanNotBeRead() throws IOException {
    write("tcp");
    Files.createDirectory(net.resolve("tcp6"));
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(reason(tables)).contains(net.resolve("tcp6").toString());
    }
  }

  @Test
  void namesTheMissingPermission() throws IOException {
    write("tcp");
    assumeTrue(net.resolve("tcp").toFile().setReadable(false));
    assumeTrue(!Files.isReadable(net.resolve("tcp")), "this user may read everything");
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(reason(tables)).contains("Permission denied");
    }
  }

  @Test
  void triesAgainToOpenWhatWasNotThereAtStart() throws IOException {
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      reason(tables);
      write("tcp");
      assertThat(rows(tables)).isEqualTo(16);
      write("tcp6");
      assertThat(rows(tables)).isEqualTo(48);
    }
  }

  /** Memory at address 0 is a file that opens and can not be read. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void saysEachTimeThatAReadFails() throws IOException {
    Files.createSymbolicLink(net.resolve("tcp"), Path.of("/proc/self/mem"));
    try (ProcNetTables tables = ProcNetTables.open(net.toFile())) {
      assertThat(reason(tables)).startsWith(net.resolve("tcp") + " (");
      assertThat(reason(tables)).startsWith(net.resolve("tcp") + " (");
    } finally {
      Files.delete(net.resolve("tcp"));
    }
  }

  private void write(String table) throws IOException {
    Files.write(net.resolve(table), CapturedTables.read("net/" + table));
  }

  private static int rows(ProcNetTables tables) {
    KernelScan scan = tables.read(ALL);
    assertThat(scan).isInstanceOf(KernelScan.Rows.class);
    return ((KernelScan.Rows) scan).sockets().size();
  }

  private static String reason(ProcNetTables tables) {
    KernelScan scan = tables.read(ALL);
    assertThat(scan).isInstanceOf(KernelScan.Unavailable.class);
    return ((KernelScan.Unavailable) scan).reason();
  }
}
