package dev.closewait.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program: leaks sockets in the ways it is asked to, and stays until its time is up. */
public final class Demo {
  private static final int COLLECTIONS = 3;
  private static final int BETWEEN_COLLECTIONS_MILLIS = 50;

  private final DemoOptions options;
  private final List<OrderServer> servers = new ArrayList<>();

  private Demo(DemoOptions options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    DemoOptions options = DemoOptions.parse(arguments);
    if (options.list()) {
      list();
    } else {
      new Demo(options).run();
    }
  }

  private static void list() {
    System.out.println(DemoOptions.USAGE);
    for (Leak leak : Leak.ALL) {
      System.out.printf("  %-22s %s (%s)%n", leak.name(), leak.shows(), leak.cause());
    }
  }

  private void run() throws IOException, InterruptedException {
    announce();
    try {
      for (Leak leak : options.leaks()) {
        play(leak);
      }
      stay();
    } finally {
      // No server is closed or collected, so that the leaks are still there when the process ends.
      Reference.reachabilityFence(servers);
    }
  }

  private void announce() {
    System.out.printf(
        "demo: %s, %d connections each, %s%n",
        options.fixed() ? "the fixed twins" : "ways to leak sockets",
        options.connections(),
        options.seconds() > 0
            ? "for " + options.seconds() + " s"
            : "until the standard input ends");
  }

  private void play(Leak leak) throws IOException, InterruptedException {
    Scenario scenario = options.fixed() ? leak.fixed() : leak.leaking();
    OrderServer server = scenario.server().start();
    servers.add(server);
    int before = Loopback.connected();
    scenario.clients().visit(server.port(), options.connections());
    collectGarbage();
    System.out.println(
        "ready: "
            + leak.name()
            + " pid="
            + ProcessHandle.current().pid()
            + " port="
            + server.port()
            + " visits="
            + (Loopback.connected() - before)
            + " connections="
            + options.connections());
  }

  /**
   * Lets the collector find what is unreachable, as it would in time. More than once, because a
   * thread may still stand in the method that is about to drop its channel.
   */
  private static void collectGarbage() throws InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      Thread.sleep(BETWEEN_COLLECTIONS_MILLIS);
      System.gc();
    }
  }

  private void stay() throws IOException, InterruptedException {
    if (options.seconds() > 0) {
      TimeUnit.SECONDS.sleep(options.seconds());
    } else {
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
