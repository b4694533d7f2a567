package dev.closewait.startup;

import dev.closewait.library.ClientLibraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The client libraries that the agent's jar knows, read once. */
final class KnownLibraries {
  private static final ClientLibraries CLIENTS = read();

  private KnownLibraries() {}

  static ClientLibraries clients() {
    return CLIENTS;
  }

  private static ClientLibraries read() {
    try (AgentResources resources = AgentResources.open()) {
      byte[] file = resources.read(ClientLibraries.RESOURCE);
      return ClientLibraries.parse(new String(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("the list of client libraries cannot be read", e);
    }
  }
}
