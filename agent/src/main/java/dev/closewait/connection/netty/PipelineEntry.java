package dev.closewait.connection.netty;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One handler of a pipeline.
 *
 * @param name in the pipeline
 * @param overrides those of its methods that are not Netty's own and decide what reaches the
 *     transport or the application, each with the class that declares it: {@code read}, {@code
 *     close}, {@code userEventTriggered}, {@code channelRead} and {@code initChannel}
 */
public record PipelineEntry(String name, String className, Map<String, String> overrides) {

  public boolean isOverriding(String method) {
    return overrides.containsKey(method);
  }

  /** Null when the method is Netty's own, or there is none. */
  public @Nullable String declaring(String method) {
    return overrides.get(method);
  }

  /** True for the handler that fills the pipeline and then leaves it. */
  public boolean isInitializer() {
    return isOverriding("initChannel");
  }
}
