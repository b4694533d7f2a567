package dev.closewait.it.netty.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.ProgramJar;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes from a dynamic archive, which the JVM does not define by a class loader's method. */
class ClassArchiveIT {
  private static final String CHANNEL = "io.netty.channel.AbstractChannel source: ";

  /** Archives hold only classes from jars. */
  private static final Path PROGRAM =
      ProgramJar.of(HalfClosureServer.class, "half-closure-server.jar", Map.of());

  private static final Map<Jdk, Path> ARCHIVES = new ConcurrentHashMap<>();

  @ParameterizedTest
  @MethodSource("dev.closewait.it.netty.loader.Surroundings$Run#all")
  void explainsNettyFromAnArchive(Surroundings.Run run) {
    Path archive = ARCHIVES.computeIfAbsent(run.jdk(), ClassArchiveIT::archive);
    Path log = BuildPaths.newDirectory("archive").resolve("classes.log");
    JavaCommand command =
        program(run.jdk())
            .options("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load=info:file=" + log)
            .main(HalfClosureServer.class, run.twin());
    Surroundings.assertExplained(command, run, "io.netty");
    assertThat(log).content().contains(CHANNEL + "shared objects file (top)");
  }

  private static Path archive(Jdk jdk) {
    Path archive = BuildPaths.newDirectory("archive").resolve("netty.jsa");
    FinishedJvm dumped =
        FinishedJvm.of(
            program(jdk)
                .options("-XX:ArchiveClassesAtExit=" + archive)
                .main(HalfClosureServer.class, "fixed"));
    assertThat(archive).as("%s", dumped).exists();
    return archive;
  }

  private static JavaCommand program(Jdk jdk) {
    return JavaCommand.on(jdk)
        .classPath(PROGRAM.toString(), Surroundings.path(Surroundings.nioJars()));
  }
}
