package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionRegistry;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.ListenerSnapshot;
import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.connection.StuckConnection;
import dev.closewait.kernel.ConnectionKey;
import dev.closewait.kernel.KernelScanner;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.SnapshotRequest;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel's tables add to a report, read no more often than is cheap.
 *
 * <p>A row costs 2.4-3.4 us in the kernel (facts on the kernel, section 5.4), and a machine may
 * have 100,000 of other processes: reading takes at most one part in fifty of the scanner's time.
 * Confined to the scanner thread.
 */
final class KernelView {
  private static final int IDLE_FOR_EACH_BUSY = 50;

  /** With nothing stuck, one part in five hundred. */
  private static final int IDLE_FACTOR = 10;

  private final KernelScanner kernel;
  private final ConnectionRegistry registry;
  private @Nullable KernelSnapshot snapshot;
  private long notBeforeNanos;
  private long readAtNanos;
  private long readingNanos;
  private boolean read;

  KernelView(KernelScanner kernel, ConnectionRegistry registry) {
    this.kernel = kernel;
    this.registry = registry;
  }

  /**
   * Reads the tables for the given connections, unless they were read a short time ago.
   *
   * @param urgent true to read them however lately that was
   * @param idleNanos how old a reading may become when nothing is stuck; 0 when something is
   */
  void refresh(
      RegistrySnapshot found, List<StuckConnection> examined, boolean urgent, long idleNanos) {
    long start = System.nanoTime();
    boolean early = start - notBeforeNanos < 0;
    long idlePause = Math.max(idleNanos, IDLE_FACTOR * pauseAfter(readingNanos));
    boolean idle = idleNanos > 0 && start - readAtNanos < idlePause;
    if (read && !urgent && (early || idle)) {
      return;
    }
    snapshot = kernel.snapshot(request(found, examined));
    read = true;
    readAtNanos = System.nanoTime();
    readingNanos = readAtNanos - start;
    notBeforeNanos = readAtNanos + pauseAfter(readingNanos);
  }

  /** How long to leave the tables alone after a reading that took so long. */
  static long pauseAfter(long readingNanos) {
    return IDLE_FOR_EACH_BUSY * readingNanos;
  }

  /** The last reading; null before the first. */
  @Nullable KernelSnapshot latest() {
    return snapshot;
  }

  /** True when the last reading began after this moment. */
  boolean isReadAfter(long nanos) {
    return readAtNanos - readingNanos - nanos >= 0;
  }

  static ConnectionKey keyOf(ConnectionSnapshot connection) {
    return new ConnectionKey(
        connection.descriptor(),
        connection.local().address(),
        connection.local().port(),
        connection.remote().address(),
        connection.remote().port());
  }

  private SnapshotRequest request(RegistrySnapshot found, List<StuckConnection> examined) {
    Map<Integer, TcpState> tracked = new HashMap<>();
    for (int descriptor : registry.descriptors()) {
      TcpState state = kernel.stateOf(descriptor);
      if (state != null) {
        tracked.put(descriptor, state);
      }
    }
    List<ConnectionKey> keys = new ArrayList<>();
    for (StuckConnection stuck : examined) {
      keys.add(keyOf(stuck.connection()));
    }
    Set<Integer> ports = new HashSet<>();
    for (ListenerSnapshot listener : found.listeners()) {
      ports.add(listener.local().port());
    }
    return new SnapshotRequest(tracked, keys, ports);
  }
}
