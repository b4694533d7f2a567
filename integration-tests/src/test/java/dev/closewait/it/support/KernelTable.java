package dev.closewait.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The ground truth: the TCP sockets of a process as the kernel shows them to anybody, read by code
 * that shares nothing with the agent.
 *
 * @param owned rows whose inode is one of the process's descriptors
 * @param unowned rows of its network namespace that belong to no descriptor of anybody (inode 0):
 *     accept queues and what lingers after close
 * @param deadDescriptors descriptors of sockets that have no row in any table
 */
public record KernelTable(List<Row> owned, List<Row> unowned, int deadDescriptors) {
  public static final String CLOSE_WAIT = "CLOSE_WAIT";

  /** enum in linux/include/net/tcp_states.h, from 1. */
  private static final List<String> STATES =
      List.of(
          "ESTABLISHED",
          "SYN_SENT",
          "SYN_RECV",
          "FIN_WAIT1",
          "FIN_WAIT2",
          "TIME_WAIT",
          "CLOSED",
          CLOSE_WAIT,
          "LAST_ACK",
          "LISTEN",
          "CLOSING",
          "NEW_SYN_RECV");

  /** One line of {@code /proc/net/tcp}. */
  public record Row(int localPort, int remotePort, String state, long inode) {}

  /**
   * Reads the tables of a process that is at rest; others may not be, and the kernel then shows a
   * row twice at times.
   */
  public static KernelTable of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<Long> descriptors = socketInodes(process);
    List<Row> rows = new ArrayList<>(tcp(process.resolve("net/tcp")));
    rows.addAll(tcp(process.resolve("net/tcp6")));
    Set<Long> dead = new HashSet<>(descriptors);
    rows.forEach(row -> dead.remove(row.inode()));
    for (String table : List.of("udp", "udp6")) {
      lines(process.resolve("net").resolve(table))
          .forEach(line -> dead.remove(Long.parseLong(column(line, 9))));
    }
    lines(process.resolve("net/unix"))
        .forEach(line -> dead.remove(Long.parseLong(column(line, 6))));
    return new KernelTable(
        rows.stream().filter(row -> descriptors.contains(row.inode())).distinct().toList(),
        rows.stream().filter(row -> row.inode() == 0).distinct().toList(),
        dead.size());
  }

  /** How many sockets of the process are in a state. */
  public int count(String state) {
    return (int) owned.stream().filter(row -> row.state().equals(state)).count();
  }

  /** Connections that wait for accept on a port and whose peer has hung up. */
  public int closeWaitInAcceptQueue(int localPort) {
    return (int)
        unowned.stream()
            .filter(row -> row.localPort() == localPort && row.state().equals(CLOSE_WAIT))
            .count();
  }

  /** Without the thousands that linger after close. */
  @Override
  public String toString() {
    return "owned "
        + owned
        + ", unowned "
        + unowned.stream().filter(row -> !row.state().equals("TIME_WAIT")).toList()
        + ", dead descriptors "
        + deadDescriptors;
  }

  private static Set<Long> socketInodes(Path process) {
    Set<Long> inodes = new HashSet<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path link : links) {
        String target = target(link);
        if (target.startsWith("socket:[")) {
          inodes.add(Long.parseLong(target.substring("socket:[".length(), target.length() - 1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return inodes;
  }

  private static String target(Path link) throws IOException {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (NoSuchFileException closedMeanwhile) {
      return "";
    }
  }

  private static List<Row> tcp(Path table) {
    return lines(table).stream().map(KernelTable::row).toList();
  }

  /**
   * Columns of proc(5), /proc/net/tcp: sl local_address rem_address st queues tr retr uid to inode.
   */
  private static Row row(String line) {
    return new Row(
        port(column(line, 1)),
        port(column(line, 2)),
        STATES.get(Integer.parseInt(column(line, 3), 16) - 1),
        Long.parseLong(column(line, 9)));
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static String column(String line, int index) {
    return line.strip().split("\\s+")[index];
  }

  /** Without the heading; a table is missing where the kernel lacks the protocol (IPv6). */
  private static List<String> lines(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table).stream().skip(1).toList() : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
