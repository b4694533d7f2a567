package dev.closewait.connection.netty;

import java.util.Set;

/**
 * One handler of a pipeline.
 *
 * @param name in the pipeline
 * @param overrides which of {@code read}, {@code close} and {@code userEventTriggered} are not
 *     Netty's own: such a handler may keep what should reach the transport or the application
 */
public record PipelineEntry(String name, String className, Set<String> overrides) {

  public boolean isOverriding(String method) {
    return overrides.contains(method);
  }
}
