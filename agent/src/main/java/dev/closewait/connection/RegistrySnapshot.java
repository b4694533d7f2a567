package dev.closewait.connection;

import java.util.List;
import java.util.Set;

/**
 * All that one pass over the records found.
 *
 * @param stuck connections that ought to be closed, of any age
 * @param listeners all listening sockets
 * @param waiting those of {@code listeners} that have a connection to accept, by id
 * @param collected connections that the garbage collector closed since the last pass
 * @param countsByState connections by the kernel's state number; index 0 counts those that could
 *     not be asked
 */
public record RegistrySnapshot(
    List<StuckConnection> stuck,
    List<ListenerSnapshot> listeners,
    Set<Long> waiting,
    List<ConnectionSnapshot> collected,
    List<Integer> countsByState) {}
