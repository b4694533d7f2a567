package dev.closewait.it;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.JavaProcess;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import dev.closewait.it.support.MarkedLine;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The ways to leak that the demo lists, each on each JDK: a source of parameters. */
final class DemoWays {
  private static final String DEMO = "dev.closewait.demo.Demo";
  private static final Duration LISTING = Duration.ofSeconds(30);

  /** {@code UnregisteredListener a listening channel is ... (LISTENER_NOT_REGISTERED)}. */
  private static final Pattern LISTED = Pattern.compile("(?m)^  (\\w+) +.*\\((\\w+)\\)$");

  private DemoWays() {}

  /**
   * One way to leak.
   *
   * @param name of the class that leaks
   * @param cause that the demo says the agent reports
   */
  record Way(String name, String cause) {
    MarkedLine marked() {
      return MarkedLine.of("dev.closewait.demo." + name);
    }

    JavaCommand on(Jdk jdk, String... arguments) {
      String[] all =
          Stream.concat(Stream.of("--seconds", "0", name), Stream.of(arguments))
              .toArray(String[]::new);
      return JavaCommand.on(jdk).classPath(BuildPaths.demoJar().toString()).main(DEMO, all);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> onEachJdk() {
    List<Way> ways = all();
    return Jdks.all().flatMap(jdk -> ways.stream().map(way -> Arguments.of(way, jdk)));
  }

  static Way named(String name) {
    return all().stream().filter(way -> way.name().equals(name)).findFirst().orElseThrow();
  }

  static List<Way> all() {
    JavaCommand command =
        JavaCommand.on(Jdks.running())
            .classPath(BuildPaths.demoJar().toString())
            .main(DEMO, "--list");
    try (JavaProcess demo = command.start()) {
      demo.waitForExit(LISTING);
      List<Way> ways = LISTED.matcher(demo.stdout()).results().map(DemoWays::way).toList();
      if (ways.isEmpty()) {
        throw new AssertionError("the demo lists no way to leak: " + demo);
      }
      return ways;
    }
  }

  private static Way way(MatchResult listed) {
    return new Way(listed.group(1), listed.group(2));
  }
}
