package dev.closewait.it.netty.loader;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import java.io.File;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Copies of Netty that libraries have moved to packages of their own: the program is compiled
 * against each.
 */
@Execution(ExecutionMode.CONCURRENT)
class CopiedNettyIT {

  /** A copy, by its package, and the jar that it comes in. */
  record Copy(String packageName, String jar) {
    static Stream<Copy> all() {
      return Stream.of(
          new Copy("io.grpc.netty.shaded.io.netty", grpc()),
          new Copy("com.couchbase.client.core.deps.io.netty", Surroundings.surrounding("core-io")),
          new Copy(
              "com.datastax.oss.driver.shaded.netty",
              Surroundings.surrounding("java-driver-core-shaded")));
    }

    private static String grpc() {
      return Arrays.stream(BuildPaths.classPathWithLibraries().split(File.pathSeparator))
          .filter(entry -> entry.contains("grpc-netty-shaded"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A copy in a JVM. */
  record CopyRun(Copy copy, Surroundings.Run run) {
    static Stream<CopyRun> all() {
      return Copy.all().flatMap(copy -> Surroundings.Run.all().map(run -> new CopyRun(copy, run)));
    }

    @Override
    public String toString() {
      return copy.packageName() + ": " + run;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.closewait.it.netty.loader.CopiedNettyIT$CopyRun#all")
  void explainsChannelsOfRelocatedCopy(CopyRun copied) {
    Copy copy = copied.copy();
    String classes =
        CompiledServer.compile(
            source -> source.replace("import io.netty.", "import " + copy.packageName() + "."),
            "-classpath",
            copy.jar());
    JavaCommand command =
        JavaCommand.on(copied.run().jdk())
            .classPath(classes, copy.jar())
            .main(HalfClosureServer.class, copied.run().twin());
    Surroundings.assertExplained(command, copied.run(), copy.packageName());
  }
}
