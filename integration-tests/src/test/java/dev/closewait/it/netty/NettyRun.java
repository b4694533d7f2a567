package dev.closewait.it.netty;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * One combination that the Netty tests run on.
 *
 * @param libraries the directory with the jars of one version of Netty
 */
record NettyRun(Jdk jdk, String libraries, NettyTransport transport) {

  static Stream<NettyRun> all() {
    return Jdks.all()
        .flatMap(
            jdk ->
                Stream.of(
                    new NettyRun(jdk, "netty41", NettyTransport.NIO),
                    new NettyRun(jdk, "netty41", NettyTransport.EPOLL),
                    new NettyRun(jdk, "netty42", NettyTransport.NIO),
                    new NettyRun(jdk, "netty42", NettyTransport.EPOLL),
                    new NettyRun(jdk, "netty42", NettyTransport.IO_URING)));
  }

  /** The scenarios and the jars. */
  String[] classPath() {
    return new String[] {
      BuildPaths.testClasses(),
      Path.of("target", "libs", libraries).toAbsolutePath().resolve("*").toString()
    };
  }

  @Override
  public String toString() {
    return libraries + " " + transport + " on " + jdk;
  }
}
