package dev.closewait.it.client;

import static dev.closewait.it.client.Expected.idle;
import static dev.closewait.it.client.Expected.perCall;
import static dev.closewait.it.client.Expected.unclosed;
import static dev.closewait.it.client.Expected.unread;

import dev.closewait.it.support.BuildPaths;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.WatchedScenario;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The client libraries under test: the scenario of each, its server, and what it leaks. */
public enum ClientLibrary {
  APACHE_HTTPCLIENT_5(
      ApacheFive.class,
      new HttpProtocol(),
      idle("ApacheFive.idlePool", "evictIdleConnections"),
      unread("ApacheFive.unreadSmall"),
      unread("ApacheFive.unreadLarge"),
      perCall("ApacheFive.clientPerCall")),
  APACHE_HTTPCLIENT_4(
      ApacheFour.class,
      new HttpProtocol(),
      idle("ApacheFour.idlePool", "evictIdleConnections"),
      unread("ApacheFour.unreadSmall"),
      unread("ApacheFour.unreadLarge"),
      perCall("ApacheFour.clientPerCall")),
  OKHTTP(
      OkHttp.class,
      new HttpProtocol(),
      idle("OkHttp.idlePool", "ConnectionPool"),
      unread("OkHttp.unreadSmall"),
      unread("OkHttp.unreadLarge"),
      unread("OkHttp.unreadLater"),
      perCall("OkHttp.clientPerCall")),
  JAVA_NET_HTTP(
      JavaNetHttp.class,
      new HttpProtocol(),
      unread("JavaNetHttp.unreadLarge"),
      unread("JavaNetHttp.unreadLater")),
  HTTP_URL_CONNECTION(
      UrlConnection.class,
      new HttpProtocol(),
      idle("UrlConnection.idlePool", "http.keepAlive"),
      unread("UrlConnection.unreadSmall"),
      unread("UrlConnection.unreadLarge"),
      unread("UrlConnection.unreadError")),
  JERSEY_ON_HTTP_URL_CONNECTION(
      JerseyOnUrlConnection.class,
      new HttpProtocol(),
      idle("JaxRs.idlePool", "http.keepAlive"),
      unread("JaxRs.unreadSmall"),
      unread("JaxRs.unreadLarge")),
  JERSEY_ON_APACHE(
      JerseyOnApache.class,
      new HttpProtocol(),
      idle("JaxRs.idlePool", "evictIdleConnections"),
      unread("JaxRs.unreadSmall"),
      unread("JaxRs.unreadLarge"),
      perCall("JaxRs.clientPerCall")),
  RESTEASY(
      RestEasy.class,
      new HttpProtocol(),
      idle("JaxRs.idlePool", "evictIdleConnections"),
      unread("JaxRs.unreadSmall"),
      unread("JaxRs.unreadLarge"),
      perCall("RestEasy.open")),
  SPRING_ON_APACHE(
      SpringOnApache.class,
      new HttpProtocol(),
      idle("SpringRest.idlePool", "evictIdleConnections"),
      unread("SpringRest.unreadSmall"),
      unread("SpringRest.unreadLarge"),
      perCall("SpringOnApache.open")),
  SPRING_ON_JAVA_NET_HTTP(SpringOnJdk.class, new HttpProtocol(), unread("SpringRest.unreadLarge")),
  SPRING_ON_HTTP_URL_CONNECTION(
      SpringOnUrlConnection.class,
      new HttpProtocol(),
      idle("SpringRest.idlePool", "http.keepAlive"),
      unread("SpringRest.unreadSmall"),
      unread("SpringRest.unreadLarge")),
  POSTGRESQL(PlainJdbc.class, new PostgresProtocol(), unclosed("PlainJdbc.leak")),
  HIKARICP(
      Hikari.class,
      new PostgresProtocol(),
      idle("Hikari.idlePool", "keepaliveTime"),
      unclosed("Hikari.neverReturned")),
  JEDIS(
      JedisClients.class,
      new RedisProtocol(),
      idle("JedisClients.idlePool", "setTestWhileIdle"),
      unclosed("JedisClients.neverReturned"),
      unclosed("JedisClients.clientPerCall")),
  LETTUCE(
      Lettuce.class,
      new RedisProtocol(),
      new Expected("Lettuce.compute", "THREAD_STUCK", "LEAK", "lettuce-nioEventLoop"));

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

  /** What is found of each method that leaks. */
  public static Map<String, String> causes() {
    return Stream.of(values())
        .flatMap(library -> library.expected.stream())
        .collect(Collectors.toMap(Expected::method, Expected::cause, (one, same) -> one));
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
}
