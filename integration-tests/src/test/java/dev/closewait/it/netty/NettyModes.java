package dev.closewait.it.netty;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Plays several modes in one JVM, one after the other, each with a server and loops of its own.
 *
 * <p>Arguments: the transport, {@code leak} or {@code fixed}, and the classes of the modes. It
 * stays until standard input ends.
 */
public final class NettyModes {
  private NettyModes() {}

  public static void main(String[] arguments) throws Exception {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    NettyTransport transport = NettyTransport.valueOf(arguments[0]);
    boolean fixed = arguments[1].equals("fixed");
    List<String> lines = new ArrayList<>();
    int port = 0;
    int connections = 0;
    for (String name : List.of(arguments).subList(2, arguments.length)) {
      NettyMode mode =
          (NettyMode)
              Class.forName(NettyModes.class.getPackageName() + "." + name)
                  .getDeclaredConstructor()
                  .newInstance();
      NettyMode.Outcome outcome = mode.play(transport, fixed);
      String ports = outcome.ports().stream().map(String::valueOf).collect(Collectors.joining(","));
      port = outcome.ports().isEmpty() ? port : outcome.ports().get(0);
      connections += outcome.connections();
      lines.add("mode " + name + " " + outcome.connections() + " " + ports);
    }
    lines.forEach(System.out::println);
    System.out.println("ready: port=" + port + " connections=" + connections);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0); // Netty's own thread may be in a close that lingers
  }
}
