package dev.closewait.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the manifest of our jar names. */
final class ManifestVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = ManifestVersion.class.getPackage().getImplementationVersion();
    return new String[] {"closewait " + (version == null ? "(not packaged)" : version)};
  }
}
