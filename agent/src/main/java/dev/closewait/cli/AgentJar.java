package dev.closewait.cli;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;

/** The jar that this command runs from, which is the agent too. */
final class AgentJar {
  private AgentJar() {}

  static File find() throws CommandException {
    CodeSource source = AgentJar.class.getProtectionDomain().getCodeSource();
    try {
      File jar = new File(source.getLocation().toURI());
      if (jar.isFile()) {
        return jar.getAbsoluteFile();
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw notPackaged(source);
    }
    throw notPackaged(source);
  }

  private static CommandException notPackaged(CodeSource source) {
    return CommandException.couldNot(
        source.getLocation() + " is not the agent's jar (run " + CommandLineMain.NAME + ")");
  }
}
