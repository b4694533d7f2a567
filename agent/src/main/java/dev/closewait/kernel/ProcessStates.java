package dev.closewait.kernel;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The TCP sockets of another process, seen from outside.
 *
 * @param census its sockets by state; one that has ended has no row and is not among them
 * @param closeWaitByRemote its connections in CLOSE_WAIT by remote address, the most first
 * @param descriptors its descriptors
 * @param missing what could not be asked, and why
 */
public record ProcessStates(
    long pid,
    Census census,
    Map<InetAddress, Integer> closeWaitByRemote,
    DescriptorUsage descriptors,
    List<String> missing) {
  public ProcessStates {
    closeWaitByRemote = Collections.unmodifiableMap(new LinkedHashMap<>(closeWaitByRemote));
    missing = List.copyOf(missing);
  }

  /** Looks at a process of this machine, which takes its user or root. */
  public static ProcessStates of(long pid) throws IOException {
    return of(pid, new File("/proc"));
  }

  static ProcessStates of(long pid, File proc) throws IOException {
    File process = new File(proc, Long.toString(pid));
    if (!process.exists()) {
      throw new UnreadableProcessException(reasonWhyNot(pid, proc));
    }
    ProcessDescriptors descriptors = ProcessDescriptors.ofOther(process);
    OpenDescriptors open = descriptors.open();
    if (!(open instanceof OpenDescriptors.Found found)) {
      throw new UnreadableProcessException(
          "process " + pid + " does not show its descriptors: run this as its user, or as root");
    }
    SocketLinks links = descriptors.links(found.numbers());
    if (links.inodes().isEmpty() && links.missing() != null) {
      throw new UnreadableProcessException(
          "process " + pid + " does not show what its descriptors are: " + links.missing());
    }
    try (ProcNetTables tables = ProcNetTables.open(new File(process, "net"))) {
      return of(pid, tables, links, descriptors.usage(open));
    }
  }

  private static String reasonWhyNot(long pid, File proc) {
    if (!proc.exists()) {
      return proc + " does not exist on " + System.getProperty("os.name");
    }
    return "there is no process " + pid + ", or " + proc + " hides it from this user";
  }

  private static ProcessStates of(
      long pid, ProcNetTables tables, SocketLinks links, DescriptorUsage usage)
      throws UnreadableProcessException {
    SnapshotFilter ofDescriptors = new SnapshotFilter(links.inodes().values(), List.of(), Set.of());
    KernelScan.Rows owned = rows(pid, tables, ofDescriptors);
    SnapshotFilter ofPorts = new SnapshotFilter(List.of(), List.of(), listeningPorts(owned));
    KernelScan.Rows ownerless = rows(pid, tables, ofPorts);
    Map<TcpState, Integer> byLocalPort = ofPorts.endingOrBeginning();
    new SocketRows(ownerless).countWaiting(byLocalPort);
    return new ProcessStates(
        pid,
        new Census(countByState(owned), byLocalPort),
        closeWaitByRemote(owned, ownerless),
        usage,
        missing(links, usage, Math.max(owned.skippedRows(), ownerless.skippedRows())));
  }

  private static KernelScan.Rows rows(long pid, ProcNetTables tables, RowFilter filter)
      throws UnreadableProcessException {
    KernelScan scan = tables.read(filter);
    if (scan instanceof KernelScan.Rows rows) {
      return rows;
    }
    throw new UnreadableProcessException(
        "the socket tables of process "
            + pid
            + " can not be read: "
            + ((KernelScan.Unavailable) scan).reason());
  }

  private static Set<Integer> listeningPorts(KernelScan.Rows owned) {
    Set<Integer> ports = new HashSet<>();
    for (KernelSocket socket : owned.sockets()) {
      if (socket.state() == TcpState.LISTEN) {
        ports.add(socket.localPort());
      }
    }
    return ports;
  }

  private static Map<TcpState, Integer> countByState(KernelScan.Rows rows) {
    Map<TcpState, Integer> counts = new EnumMap<>(TcpState.class);
    for (KernelSocket socket : rows.sockets()) {
      counts.merge(socket.state(), 1, Integer::sum);
    }
    return counts;
  }

  private static Map<InetAddress, Integer> closeWaitByRemote(
      KernelScan.Rows owned, KernelScan.Rows ownerless) {
    Map<InetAddress, Integer> counts = new HashMap<>();
    for (KernelScan.Rows rows : List.of(owned, ownerless)) {
      for (KernelSocket socket : rows.sockets()) {
        if (socket.state() == TcpState.CLOSE_WAIT) {
          counts.merge(socket.remoteAddress(), 1, Integer::sum);
        }
      }
    }
    List<Map.Entry<InetAddress, Integer>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Map.Entry.<InetAddress, Integer>comparingByValue()
            .reversed()
            .thenComparing(entry -> entry.getKey().getHostAddress()));
    Map<InetAddress, Integer> mostFirst = new LinkedHashMap<>();
    for (Map.Entry<InetAddress, Integer> entry : entries) {
      mostFirst.put(entry.getKey(), entry.getValue());
    }
    return mostFirst;
  }

  private static List<String> missing(SocketLinks links, DescriptorUsage usage, int skippedRows) {
    List<String> missing = new ArrayList<>(usage.missing());
    if (links.missing() != null) {
      missing.add(links.missing());
    }
    if (skippedRows > 0) {
      missing.add(skippedRows + " rows of the kernel's socket tables not understood");
    }
    return missing;
  }
}
