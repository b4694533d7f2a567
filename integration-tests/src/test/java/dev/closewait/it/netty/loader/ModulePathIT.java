package dev.closewait.it.netty.loader;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that is a module and reads Netty's modules. */
@Execution(ExecutionMode.CONCURRENT)
class ModulePathIT {
  private static final String MODULE = "half.closure.server";
  private static final String DECLARATION =
      """
      module half.closure.server {
        requires io.netty.common;
        requires io.netty.transport;
      }
      """;

  @ParameterizedTest
  @MethodSource("dev.closewait.it.netty.loader.Surroundings$Run#all")
  void explainsNettyOnTheModulePath(Surroundings.Run run) throws IOException {
    Path declaration = BuildPaths.newDirectory("module").resolve("module-info.java");
    Files.writeString(declaration, DECLARATION);
    String netty = Surroundings.path(Surroundings.nioJars());
    String classes =
        CompiledServer.compile(
            UnaryOperator.identity(), List.of(declaration), "--module-path", netty);
    JavaCommand command =
        JavaCommand.on(run.jdk())
            .options("-p", Surroundings.path(Surroundings.nioJars(), classes))
            .classPath("")
            .main("-m", MODULE + "/" + HalfClosureServer.class.getName(), run.twin());
    Surroundings.assertExplained(command, run, "io.netty");
  }
}
