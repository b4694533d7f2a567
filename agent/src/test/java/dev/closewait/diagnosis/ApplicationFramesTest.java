package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationFramesTest {
  private final ApplicationFrames byDefault = ApplicationFrames.of(List.of());
  private final ApplicationFrames acmeOnly = ApplicationFrames.of(List.of("com.acme", "org.x.y"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.Socket",
        "javax.net.ssl.SSLSocket",
        "jdk.internal.net.http.HttpClientImpl",
        "sun.nio.ch.NioSocketImpl",
        "com.sun.net.httpserver.HttpServer",
        "org.apache.catalina.core.StandardWrapper",
        "org.apache.tomcat.util.net.NioEndpoint",
        "org.eclipse.jetty.server.Server",
        "io.netty.channel.nio.NioEventLoop",
        "okhttp3.internal.connection.RealConnection",
        "org.apache.hc.client5.http.impl.io.ManagedHttpClientConnection",
        "org.springframework.web.servlet.DispatcherServlet",
        "org.junit.jupiter.engine.Engine"
      })
  void leavesOutWhatIsKnownToBeNobodysApplication(String className) {
    assertThat(byDefault.test(frame(className, "run", 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Main",
        "com.acme.Orders",
        "org.apacheclone.Orders",
        "javassistant.Orders",
        "dev.closewait.demo.ForgottenClose"
      })
  void takesAllElseForTheApplication(String className) {
    assertThat(byDefault.test(frame(className, "run", 1))).isTrue();
  }

  @Test
  void takesOnlyGivenPackagesAndThoseInThem() {
    assertThat(acmeOnly.test(frame("com.acme.Orders", "run", 1))).isTrue();
    assertThat(acmeOnly.test(frame("com.acme.deep.Orders", "run", 1))).isTrue();
    assertThat(acmeOnly.test(frame("org.x.y.Orders", "run", 1))).isTrue();
    assertThat(acmeOnly.test(frame("com.acmeclone.Orders", "run", 1))).isFalse();
    assertThat(acmeOnly.test(frame("Main", "run", 1))).isFalse();
  }

  @Test
  void takesGivenPackageAlsoWhenItIsKnownAsLibrary() {
    ApplicationFrames frames = ApplicationFrames.of(List.of("org.apache.catalina"));
    assertThat(frames.test(frame("org.apache.catalina.core.StandardWrapper", "run", 1))).isTrue();
  }

  @Test
  void findsInnermostOfTheApplication() {
    StackTraceElement inner = frame("com.acme.Orders", "read", 2);
    assertThat(
            byDefault.innermost(
                stack(frame("java.net.Socket", "read", 1), inner, frame("com.acme.Main", "a", 3))))
        .isEqualTo(inner);
    assertThat(byDefault.innermost(stack(frame("java.net.Socket", "read", 1)))).isNull();
  }
}
