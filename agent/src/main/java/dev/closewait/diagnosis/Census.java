package dev.closewait.diagnosis;

import java.util.List;
import java.util.Map;

/**
 * Sockets of this process by TCP state, and its descriptors.
 *
 * @param countsByState the kernel's state names, those with a count of 0 left out, in the kernel's
 *     order
 * @param countedByPort states whose rows have no owner in the kernel (TIME_WAIT, accept queue) and
 *     were counted by local port
 * @param openDescriptors -1 when it could not be read
 * @param descriptorLimit the soft limit; -1 when it could not be read
 * @param stuckConnections connections in CLOSE_WAIT, or dead with their descriptor open, that no
 *     group reports yet: they are younger than the threshold
 */
public record Census(
    Map<String, Integer> countsByState,
    List<String> countedByPort,
    long openDescriptors,
    long descriptorLimit,
    int stuckConnections) {}
