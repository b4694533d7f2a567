package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as Linux 6.8 writes them. */
class CpuLoadFilesTest {
  @TempDir private Path root;
  private Path process;
  private Path groups;

  @BeforeEach
  void makeDirectories() throws IOException {
    process = Files.createDirectories(root.resolve("proc/self"));
    groups = Files.createDirectories(root.resolve("cgroup"));
    Files.writeString(root.resolve("proc/loadavg"), "6.95 4.89 3.32 5/165 2299\n");
  }

  @Test
  void countsRunnableThreadsWithoutTheReader() throws IOException {
    try (CpuLoadFiles files = open()) {
      assertThat(files.read().runnableThreads()).isEqualTo(4);
      assertThat(files.read().cores()).isPositive();
    }
  }

  @Test
  void countsThrottlingSinceTheLastLook() throws IOException {
    Files.writeString(process.resolve("cgroup"), "0::/app.slice/shop\n");
    throttled(Files.createDirectories(groups.resolve("app.slice/shop")), 7);
    try (CpuLoadFiles files = open()) {
      assertThat(files.read().throttled()).isZero();
      throttled(groups.resolve("app.slice/shop"), 12);
      assertThat(files.read().throttled()).isEqualTo(5);
      assertThat(files.read().throttled()).isZero();
    }
  }

  @Test
  void findsTheGroupOfContainerAtTheTop() throws IOException {
    Files.writeString(process.resolve("cgroup"), "0::/\n");
    throttled(groups, 1);
    try (CpuLoadFiles files = open()) {
      throttled(groups, 3);
      assertThat(files.read().throttled()).isEqualTo(2);
    }
  }

  @Test
  void findsTheGroupOfVersionOne() throws IOException {
    Files.writeString(process.resolve("cgroup"), "5:memory:/shop\n2:cpu,cpuacct:/shop\n0::/\n");
    throttled(Files.createDirectories(groups.resolve("cpu,cpuacct/shop")), 1);
    try (CpuLoadFiles files = open()) {
      throttled(groups.resolve("cpu,cpuacct/shop"), 4);
      assertThat(files.read().throttled()).isEqualTo(3);
    }
  }

  @Test
  void doesWithoutAnyOfThem() throws IOException {
    Files.delete(root.resolve("proc/loadavg"));
    try (CpuLoadFiles files = open()) {
      assertThat(files.read().shortage()).isNull();
    }
  }

  private CpuLoadFiles open() {
    return CpuLoadFiles.open(process.toFile(), groups.toFile());
  }

  private static void throttled(Path group, int times) throws IOException {
    Files.writeString(
        group.resolve("cpu.stat"),
        "usage_usec 100\nnr_periods 20\nnr_throttled " + times + "\nthrottled_usec 9\n");
  }
}
