package dev.closewait.it.client;

import static dev.closewait.it.client.Expected.idle;
import static dev.closewait.it.client.Expected.unclosed;
import static dev.closewait.it.client.Expected.unread;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.util.List;

/** The client libraries under test: the scenario of each, its server, and what it leaks. */
enum ClientLibrary {
  APACHE_HTTPCLIENT_5(
      ApacheFive.class,
      new HttpProtocol(),
      idle("idlePool", "evictIdleConnections"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  APACHE_HTTPCLIENT_4(
      ApacheFour.class,
      new HttpProtocol(),
      idle("idlePool", "evictIdleConnections"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  OKHTTP(
      OkHttp.class,
      new HttpProtocol(),
      idle("idlePool", "ConnectionPool"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  JAVA_NET_HTTP(JavaNetHttp.class, new HttpProtocol(), unread("leak")),
  HTTP_URL_CONNECTION(
      UrlConnection.class,
      new HttpProtocol(),
      idle("idlePool", "http.keepAlive"),
      unread("unreadSmall"),
      unread("unreadLarge")),
  JERSEY_ON_HTTP_URL_CONNECTION(
      JerseyOnUrlConnection.class,
      new HttpProtocol(),
      idle("idlePool", "http.keepAlive"),
      unread("unreadSmall"),
      unread("unreadLarge")),
  JERSEY_ON_APACHE(
      JerseyOnApache.class,
      new HttpProtocol(),
      idle("idlePool", "evictIdleConnections"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  RESTEASY(
      RestEasy.class,
      new HttpProtocol(),
      idle("idlePool", "evictIdleConnections"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  SPRING_ON_APACHE(
      SpringOnApache.class,
      new HttpProtocol(),
      idle("idlePool", "evictIdleConnections"),
      unread("unreadSmall"),
      unread("unreadLarge"),
      unclosed("clientPerCall")),
  SPRING_ON_JAVA_NET_HTTP(SpringOnJdk.class, new HttpProtocol(), unread("unreadLarge")),
  SPRING_ON_HTTP_URL_CONNECTION(
      SpringOnUrlConnection.class,
      new HttpProtocol(),
      idle("idlePool", "http.keepAlive"),
      unread("unreadSmall"),
      unread("unreadLarge")),
  POSTGRESQL(PlainJdbc.class, new PostgresProtocol(), unclosed("leak")),
  HIKARICP(
      Hikari.class,
      new PostgresProtocol(),
      idle("idlePool", "keepaliveTime"),
      unclosed("neverReturned")),
  JEDIS(
      JedisClients.class,
      new RedisProtocol(),
      idle("idlePool", "testWhileIdle"),
      unclosed("neverReturned"),
      unclosed("clientPerCall")),
  LETTUCE(
      Lettuce.class,
      new RedisProtocol(),
      new Expected("compute", "THREAD_STUCK", "LEAK", "lettuce-nioEventLoop"));

  private final Class<? extends ClientScenario> scenario;
  private final StubServer.Protocol protocol;
  private final List<Expected> expected;

  ClientLibrary(
      Class<? extends ClientScenario> scenario,
      StubServer.Protocol protocol,
      Expected... expected) {
    this.scenario = scenario;
    this.protocol = protocol;
    this.expected = List.of(expected);
  }

  List<Expected> expected() {
    return expected;
  }

  StubServer startServer() {
    return StubServer.start(protocol);
  }

  /**
   * A JVM that uses the library.
   *
   * @param task {@link ClientProgram#LEAK} or {@link ClientProgram#WORK}
   */
  WatchedScenario start(Jdk jdk, String task, StubServer server, String... agentOptions) {
    return WatchedScenario.start(
        JavaCommand.on(jdk)
            .classPath(BuildPaths.classPathWithLibraries())
            .main(ClientProgram.class, scenario.getName(), task, String.valueOf(server.port())),
        agentOptions);
  }

  /** The class whose source has the marked lines: of the scenario, or of its superclass. */
  String markedClass() {
    return scenario.getSuperclass() == Object.class
        ? scenario.getName()
        : scenario.getSuperclass().getName();
  }
}
