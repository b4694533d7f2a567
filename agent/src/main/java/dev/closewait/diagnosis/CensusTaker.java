package dev.closewait.diagnosis;

import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.kernel.DescriptorUsage;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the sockets of this process by state: from the kernel's tables, or from the records where
 * those were not read.
 */
final class CensusTaker {
  private final RegistrySnapshot registry;
  private final @Nullable KernelSnapshot tables;

  CensusTaker(RegistrySnapshot registry, @Nullable KernelSnapshot tables) {
    this.registry = registry;
    this.tables = tables;
  }

  Census census(int youngStuck) {
    if (tables == null) {
      return new Census(fromRecords(), List.of(), -1, -1, youngStuck);
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    tables.census().counts().forEach((state, count) -> counts.put(state.reportName(), count));
    List<String> byPort = new ArrayList<>();
    tables.census().byLocalPort().keySet().forEach(state -> byPort.add(state.reportName()));
    DescriptorUsage usage = tables.descriptors();
    return new Census(
        counts, byPort, usage.open().orElse(-1), usage.limit().orElse(-1), youngStuck);
  }

  private Map<String, Integer> fromRecords() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (TcpState state : TcpState.values()) {
      int code = state.code();
      int count = code < registry.countsByState().size() ? registry.countsByState().get(code) : 0;
      if (count > 0) {
        counts.put(state.reportName(), count);
      }
    }
    return counts;
  }
}
