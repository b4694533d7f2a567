package dev.closewait.it.netty.loader;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.ProgramJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Class loaders that give a module nothing but {@code java.*} and what it asks for. */
@Execution(ExecutionMode.CONCURRENT)
class StrictLoadersIT {
  private static final String RUNS = "dev.closewait.it.netty.loader.Surroundings$Run#all";

  /**
   * Without the agent as well, Netty's events for JFR fail in a Felix that delegates nothing: they
   * want a package of the JDK that is not {@code java.*} (17 and 25).
   */
  private static final String NO_JFR = "-Dio.netty.jfr.enabled=false";

  private static final String PROGRAM = HalfClosureServer.class.getName();

  private static final Path JAR =
      ProgramJar.of(
          HalfClosureServer.class,
          "half-closure-server.jar",
          Map.of(
              "Bundle-ManifestVersion",
              "2",
              "Bundle-SymbolicName",
              "half.closure.server",
              "Import-Package",
              "io.netty.bootstrap,io.netty.channel,io.netty.channel.nio,io.netty.channel.socket,"
                  + "io.netty.channel.socket.nio,io.netty.util.concurrent",
              "Main-Class",
              PROGRAM));

  @ParameterizedTest
  @MethodSource(RUNS)
  void explainsNettyInFelixWithoutImplicitDelegation(Surroundings.Run run) {
    Surroundings.assertExplained(inBundles(run, "org.apache.felix.framework"), run, "io.netty");
  }

  @ParameterizedTest
  @MethodSource(RUNS)
  void explainsNettyInEquinoxWithoutCompatibilityDelegation(Surroundings.Run run) {
    Surroundings.assertExplained(inBundles(run, "org.eclipse.osgi"), run, "io.netty");
  }

  @ParameterizedTest
  @MethodSource(RUNS)
  void explainsNettyInJBossModules(Surroundings.Run run) throws IOException {
    JavaCommand command =
        JavaCommand.on(run.jdk())
            .classPath(Surroundings.surrounding("jboss-modules"))
            .main("org.jboss.modules.Main", "-mp", modules().toString(), "program", run.twin());
    Surroundings.assertExplained(command, run, "io.netty");
  }

  private static JavaCommand inBundles(Surroundings.Run run, String framework) {
    return JavaCommand.on(run.jdk())
        .options(NO_JFR)
        .classPath(BuildPaths.testClasses(), Surroundings.surrounding(framework))
        .main(
            InBundles.class,
            BuildPaths.newDirectory("bundles").toString(),
            Surroundings.path(Surroundings.nioJars(), JAR.toString()),
            PROGRAM,
            run.twin());
  }

  private static Path modules() throws IOException {
    Path root = BuildPaths.newDirectory("modules");
    StringBuilder roots = new StringBuilder();
    for (String jar : Surroundings.nioJars()) {
      roots.append(resourceRoot(jar));
    }
    module(
        root,
        "netty",
        "",
        roots.toString(),
        List.of("java.base", "java.logging", "jdk.unsupported"));
    module(
        root,
        "program",
        "<main-class name=\"" + PROGRAM + "\"/>",
        resourceRoot(JAR.toString()),
        List.of("java.base", "netty"));
    return root;
  }

  private static String resourceRoot(String jar) {
    return "<resource-root path=\"" + jar + "\"/>";
  }

  private static void module(
      Path root, String name, String mainClass, String resources, List<String> dependencies)
      throws IOException {
    StringBuilder modules = new StringBuilder();
    for (String dependency : dependencies) {
      modules.append("<module name=\"").append(dependency).append("\"/>");
    }
    Path directory = Files.createDirectories(root.resolve(name).resolve("main"));
    Files.writeString(
        directory.resolve("module.xml"),
        "<module xmlns=\"urn:jboss:module:1.9\" name=\"%s\">%s<resources>%s</resources><dependencies>%s</dependencies></module>"
            .formatted(name, mainClass, resources, modules));
  }
}
