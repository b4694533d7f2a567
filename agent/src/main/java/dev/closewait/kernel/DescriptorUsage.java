package dev.closewait.kernel;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How many descriptors a process has open, and how many it may have.
 *
 * @param open empty when it could not be told
 * @param limit the soft limit; empty when there is none, or it could not be told
 * @param missing why a number is not there or not certain, in words
 */
public record DescriptorUsage(OptionalInt open, OptionalLong limit, List<String> missing) {
  public DescriptorUsage {
    missing = List.copyOf(missing);
  }
}
