package dev.closewait.startup;

/** The version of this agent, from the manifest of its jar. */
final class AgentVersion {
  static final String NAME = read();

  private AgentVersion() {}

  private static String read() {
    String version = AgentVersion.class.getPackage().getImplementationVersion();
    return version == null ? "?" : version;
  }
}
