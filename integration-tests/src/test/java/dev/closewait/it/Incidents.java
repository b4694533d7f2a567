package dev.closewait.it;

import dev.closewait.it.support.Jdks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The rebuilt incidents, each on each JDK: a source of parameters; docs/incidents.md has them too.
 */
final class Incidents {
  private static final String SLF4J = "slf4j-api-2.0.20";
  private static final String NETTY = "netty-handler-4.1.94.Final";
  private static final String LOGGING = "commons-logging-1.1.1";

  private static final List<Incident> ALL =
      List.of(
          Incident.of("Xtdb5850", "ACCEPTED_NEVER_READ"),
          Incident.of("Thrift5441", "READ_INTEREST_OFF")
              .with("libthrift-0.20.0", SLF4J)
              .fixedBy("libthrift-0.22.0", SLF4J),
          Incident.of("Kafka6529", "DEAD_NOT_CLOSED")
              .with("kafka-clients-1.0.0", SLF4J)
              .fixedBy("kafka-clients-1.0.1", SLF4J),
          Incident.of("Jetty2591", "THREAD_STUCK").with("jetty-all-9.4.10.v20180503-uber"),
          Incident.of("Jetty3422", "DEAD_NOT_CLOSED")
              .with("jetty-all-9.4.15.v20190215-uber")
              .fixedBy("jetty-all-9.4.16.v20190411-uber"),
          Incident.of("Thrift3088", "UNKNOWN")
              .with("libthrift-0.9.2", SLF4J)
              .fixedBy("libthrift-0.9.3", SLF4J),
          Incident.of("Undertow996", "READ_INTEREST_OFF")
              .with(
                  "undertow-core-1.4.10.Final",
                  "xnio-api-3.3.6.Final",
                  "xnio-nio-3.3.6.Final",
                  "jboss-logging-3.2.1.Final")
              .fixedBy(
                  "undertow-core-1.4.11.Final",
                  "xnio-api-3.3.6.Final",
                  "xnio-nio-3.3.6.Final",
                  "jboss-logging-3.2.1.Final"),
          Incident.of("ZooKeeper3112", "CLOSE_INEFFECTIVE")
              .with("zookeeper-3.4.13", SLF4J)
              .fixedBy("zookeeper-3.4.14", SLF4J)
              .blaming(
                  "org.apache.zookeeper.ClientCnxnSocketNIO.cleanup(ClientCnxnSocketNIO.java:215)"),
          jetty358959(),
          Incident.of("OkHttp4515", "BODY_NOT_CONSUMED")
              .with("okhttp-3.12.0", "okio-1.17.2")
              .fixedBy("okhttp-3.13.0", "okio-1.17.2"),
          Incident.of("Tomcat64951", "UNKNOWN")
              .with("tomcat-embed-core-9.0.40", "tomcat-embed-websocket-9.0.40")
              .fixedBy("tomcat-embed-core-9.0.41", "tomcat-embed-websocket-9.0.41"),
          Incident.of("HttpClient1273", "BODY_NOT_CONSUMED")
              .with("httpclient-4.2.2", "httpcore-4.2.2", LOGGING)
              .fixedBy("httpclient-4.2.3", "httpcore-4.2.2", LOGGING),
          Incident.of("HttpCore207", "DEAD_NOT_CLOSED")
              .with("httpcore-4.0.1")
              .fixedBy("httpcore-4.1"),
          Incident.of("Tomcat60030", "EOF_READ_NOT_CLOSED")
              .with("tomcat-embed-core-8.5.4")
              .fixedBy("tomcat-embed-core-8.5.5"),
          Incident.of("ZooKeeper4736", "CLOSE_INEFFECTIVE")
              .with("zookeeper-3.9.4", "zookeeper-jute-3.9.4", NETTY, SLF4J)
              .fixedBy("zookeeper-3.9.5", "zookeeper-jute-3.9.5", NETTY, SLF4J)
              .blaming(
                  "org.apache.zookeeper.ClientCnxnSocketNIO.registerAndConnect(ClientCnxnSocketNIO.java:260)"),
          Incident.of("HttpClient423", "POOLED_IDLE")
              .with("httpclient-4.2.3", "httpcore-4.2.2", LOGGING),
          Incident.of("Stagemonitor78", "BODY_NOT_CONSUMED"),
          Incident.of("Ektorp120", "CLIENT_NOT_CLOSED")
              .with(
                  "org.ektorp-1.4.1",
                  "httpclient-4.2.3",
                  "httpclient-cache-4.2.3",
                  "httpcore-4.2.2",
                  LOGGING,
                  "jackson-annotations-2.2.2",
                  "jackson-core-2.2.2",
                  "jackson-databind-2.2.2",
                  "commons-io-2.0.1",
                  SLF4J));

  private Incidents() {}

  static List<Incident> all() {
    return ALL;
  }

  static Incident named(String program) {
    return ALL.stream().filter(each -> each.program().equals(program)).findFirst().orElseThrow();
  }

  static Stream<Arguments> onEachJdk() {
    return Jdks.all().flatMap(jdk -> ALL.stream().map(incident -> Arguments.of(incident, jdk)));
  }

  private static Incident jetty358959() {
    String broken = "-7.4.5.v20110725";
    String fixed = "-7.6.0.v20120127";
    return Incident.of("Jetty358959", "DEAD_NOT_CLOSED")
        .with(
            "jetty-client" + broken,
            "jetty-http" + broken,
            "jetty-io" + broken,
            "jetty-util" + broken)
        .fixedBy(
            "jetty-client" + fixed, "jetty-http" + fixed, "jetty-io" + fixed, "jetty-util" + fixed);
  }
}
