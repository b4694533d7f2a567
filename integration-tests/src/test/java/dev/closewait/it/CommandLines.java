package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.KernelTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;

/** Runs {@code java -jar closewait-agent.jar} next to a {@code ForgetfulServer}. */
final class CommandLines {
  private static final Duration SOON = Duration.ofSeconds(60);

  private CommandLines() {}

  /** What a command has left behind. */
  record Outcome(int exitCode, String out, String err) {}

  static Outcome run(Jdk jdk, String... arguments) {
    return run(JavaCommand.on(jdk), arguments);
  }

  static Outcome run(JavaCommand java, String... arguments) {
    try (JavaProcess process =
        java.classPath(BuildPaths.agentJar().toString())
            .main("dev.closewait.cli.CommandLineMain", arguments)
            .start()) {
      int exitCode = process.waitForExit(SOON);
      return new Outcome(exitCode, process.stdout(), process.stderr());
    }
  }

  /** Waits until the kernel shows that so many more clients have hung up. */
  static void leak(JavaProcess server, int connections) throws IOException {
    int expected = KernelTable.of(server.pid()).count(KernelTable.CLOSE_WAIT) + connections;
    int port = port(server);
    for (int i = 0; i < connections; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write(i);
      }
    }
    Await.checked(
        SOON,
        () ->
            assertThat(KernelTable.of(server.pid()).count(KernelTable.CLOSE_WAIT))
                .isEqualTo(expected));
  }

  static int port(JavaProcess server) {
    String line = server.waitForStdoutLine(text -> text.startsWith("port "), SOON);
    return Integer.parseInt(line.substring("port ".length()));
  }

  static String pid(JavaProcess process) {
    return Long.toString(process.pid());
  }
}
