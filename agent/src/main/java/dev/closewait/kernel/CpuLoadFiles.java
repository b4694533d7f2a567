package dev.closewait.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel tells of the load of the cores: opened at start, read again from the beginning;
 * any of it may be missing.
 *
 * <p>{@code /proc/loadavg}: proc(5), the fourth field is runnable and existing threads. {@code
 * cpu.stat}: the row {@code nr_throttled}, Documentation/admin-guide/cgroup-v2.rst and
 * Documentation/scheduler/sched-bwc.rst for version 1.
 */
final class CpuLoadFiles implements Closeable {
  private static final int MAX_BYTES = 4096;
  private static final int RUNNABLE_FIELD = 3;
  private static final String THROTTLED = "nr_throttled ";

  private final @Nullable RandomAccessFile loadAverage;
  private final @Nullable RandomAccessFile cpuStat;
  private final byte[] buffer = new byte[MAX_BYTES];
  private long lastThrottled;

  private CpuLoadFiles(@Nullable RandomAccessFile loadAverage, @Nullable RandomAccessFile cpuStat) {
    this.loadAverage = loadAverage;
    this.cpuStat = cpuStat;
    this.lastThrottled = throttled();
  }

  /**
   * @param process {@code /proc/self}
   * @param groups where control groups are mounted
   */
  static CpuLoadFiles open(File process, File groups) {
    return new CpuLoadFiles(
        opened(new File(process.getParentFile(), "loadavg")),
        cpuStat(contents(new File(process, "cgroup")), groups));
  }

  private static String contents(File file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Of the group that {@code /proc/self/cgroup} names (cgroups(7): {@code id:controllers:path}), or
   * the top of what is mounted, which is that group where it has a namespace of its own.
   */
  private static @Nullable RandomAccessFile cpuStat(String ownGroups, File mount) {
    for (String row : ownGroups.split("\n", -1)) {
      String[] fields = row.split(":", 3);
      boolean hasCpu = fields.length == 3 && ("," + fields[1] + ",").contains(",cpu,");
      if (hasCpu || row.startsWith("0::")) {
        File hierarchy = fields[1].isEmpty() ? mount : new File(mount, fields[1]);
        for (File group : new File[] {new File(hierarchy, fields[2]), hierarchy}) {
          RandomAccessFile found = opened(new File(group, "cpu.stat"));
          if (found != null) {
            return found;
          }
        }
      }
    }
    return null;
  }

  private static @Nullable RandomAccessFile opened(File file) {
    try {
      return file.canRead() ? new RandomAccessFile(file, "r") : null;
    } catch (IOException e) {
      return null;
    }
  }

  CpuLoad read() {
    long throttledNow = throttled();
    long since = throttledNow - lastThrottled;
    lastThrottled = throttledNow;
    return new CpuLoad(runnable(), Runtime.getRuntime().availableProcessors(), since);
  }

  /** The reading thread is runnable itself. */
  private int runnable() {
    String[] fields = text(loadAverage).split(" ", -1);
    int slash = fields.length <= RUNNABLE_FIELD ? -1 : fields[RUNNABLE_FIELD].indexOf('/');
    return slash <= 0 ? -1 : (int) number(fields[RUNNABLE_FIELD].substring(0, slash)) - 1;
  }

  private long throttled() {
    for (String row : text(cpuStat).split("\n", -1)) {
      if (row.startsWith(THROTTLED)) {
        return Math.max(0, number(row.substring(THROTTLED.length()).trim()));
      }
    }
    return 0;
  }

  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String text(@Nullable RandomAccessFile file) {
    if (file == null) {
      return "";
    }
    try {
      file.seek(0);
      int length = file.read(buffer);
      return new String(buffer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    if (loadAverage != null) {
      loadAverage.close();
    }
    if (cpuStat != null) {
      cpuStat.close();
    }
  }
}
