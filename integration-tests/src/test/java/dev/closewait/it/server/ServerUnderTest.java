package dev.closewait.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.support.AgentReport;
import dev.closewait.it.support.Await;
import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A server program under the agent in a JVM of its own, and the clients that go away from it. */
final class ServerUnderTest implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(40);
  private static final Duration STOP = Duration.ofSeconds(40);

  private final TlsKeys keys;
  private final Path report;
  private final JavaProcess process;
  private final Ports ports;
  private int connections;

  private ServerUnderTest(TlsKeys keys, Path report, JavaProcess process) {
    this.keys = keys;
    this.report = report;
    this.process = process;
    this.ports = Ports.parse(process.waitForStdoutLine(line -> line.startsWith("ready:"), START));
  }

  /** Starts the server of a kind with the healthy site. */
  static ServerUnderTest healthy(Jdk jdk, HealthyServer.Kind kind, String threshold)
      throws Exception {
    return start(jdk, threshold, HealthyServer.class, kind.name());
  }

  /** Starts a program that leaks. */
  static ServerUnderTest leaking(Jdk jdk, Class<?> program) throws Exception {
    return start(jdk, "500ms", program);
  }

  /** Starts its twin that does not: the program is told "fixed". */
  static ServerUnderTest fixed(Jdk jdk, Class<?> program) throws Exception {
    return start(jdk, "1s", program, "fixed");
  }

  private static ServerUnderTest start(
      Jdk jdk, String threshold, Class<?> program, String... firstArguments) throws Exception {
    Path directory = BuildPaths.newDirectory("server");
    TlsKeys keys = TlsKeys.createIn(directory);
    Path report = directory.resolve("server.json");
    String[] arguments = Arrays.copyOf(firstArguments, firstArguments.length + 1);
    arguments[firstArguments.length] = keys.file().toString();
    JavaProcess process =
        JavaCommand.on(jdk)
            .agent("threshold=" + threshold, "interval=200ms", "report=" + report)
            .classPath(BuildPaths.classPathWithLibraries())
            .main(program, arguments)
            .start();
    return new ServerUnderTest(keys, report, process);
  }

  long pid() {
    return process.pid();
  }

  Ports ports() {
    return ports;
  }

  TlsKeys keys() {
    return keys;
  }

  RawClients plain() {
    return RawClients.plain(ports);
  }

  RawClients secure() throws Exception {
    return RawClients.secure(ports, keys);
  }

  /**
   * Clients that ask on both ports, as many on each, and hang up when the server says it has heard
   * all.
   */
  void askAndHangUp(int clients, String... paths) throws Exception {
    hangUp(askAll(List.of(plain(), secure()), clients, paths));
  }

  /** Clients on both ports that read their answer up to its last word before they hang up. */
  void readAndHangUp(int clients, String lastWord) throws Exception {
    for (Socket socket : askAll(List.of(plain(), secure()), clients, "/")) {
      try (socket) {
        RawClients.readUntil(lastWord, socket);
      }
    }
  }

  /** The same over TLS alone. */
  void askOverTlsAndHangUp(int clients) throws Exception {
    hangUp(askAll(List.of(secure()), clients, "/"));
  }

  private List<Socket> askAll(List<RawClients> raw, int clients, String... paths)
      throws IOException {
    List<Socket> sockets = new ArrayList<>();
    connections += raw.size() * clients * paths.length;
    for (RawClients from : raw) {
      for (int i = 0; i < clients; i++) {
        for (String path : paths) {
          sockets.add(from.ask(path));
        }
      }
    }
    return sockets;
  }

  private void hangUp(List<Socket> sockets) throws IOException {
    Await.checked(START, () -> assertThat(timesAsked()).isEqualTo(sockets.size()));
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** How many clients have hung up. */
  int connections() {
    return connections;
  }

  private long timesAsked() {
    return process.stdout().lines().filter(Ports.ASKED::equals).count();
  }

  /** Whatever the agent has written by now. */
  AgentReport report() {
    return AgentReport.read(report);
  }

  /** Standard error up to now. */
  String stderr() {
    return process.stderr();
  }

  /** Stops the server, waits for the end of its JVM, and returns the report at exit. */
  AgentReport stop() {
    process.closeStdin();
    assertThat(process.waitForExit(STOP)).as(process::toString).isZero();
    AgentReport last = report();
    assertThat(last.atExit()).isTrue();
    return last;
  }

  @Override
  public void close() {
    process.close();
  }
}
