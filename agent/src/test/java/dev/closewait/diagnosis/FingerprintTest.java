package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.SocketKind.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
  private static final String PLACE = "127.0.0.1:8080";
  private static final StackTraceElement CULPRIT = frame("com.acme.Orders", "handle", 57);

  @Test
  void isTwelveHexDigits() {
    assertThat(of(CULPRIT)).matches("[0-9a-f]{12}");
  }

  /** A changed algorithm would make every known leak look new: users keep these in lists. */
  @Test
  void isTheSameInEachVersionOfTheAgent() {
    assertThat(of(CULPRIT)).isEqualTo("0aa6e2261472");
  }

  static Stream<Arguments> rebuilds() {
    return Stream.of(
        Arguments.of("another line", CULPRIT, frame("com.acme.Orders", "handle", 99)),
        Arguments.of(
            "another file",
            CULPRIT,
            new StackTraceElement("com.acme.Orders", "handle", "Renamed.java", 57)),
        Arguments.of(
            "another module version",
            CULPRIT,
            new StackTraceElement(
                "app", "acme", "2.0", "com.acme.Orders", "handle", "Source.java", 57)),
        Arguments.of(
            "lambda of the method",
            frame("com.acme.Orders", "handle", 57),
            frame("com.acme.Orders", "lambda$handle$3", 58)),
        Arguments.of(
            "lambda with another number",
            frame("com.acme.Orders", "lambda$handle$0", 57),
            frame("com.acme.Orders", "lambda$handle$12", 57)),
        Arguments.of(
            "hidden class at another address",
            frame("com.acme.Proxy/0x00000008000c2000", "handle", 1),
            frame("com.acme.Proxy/0x0000000800ff1840", "handle", 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rebuilds")
  void survives(String change, StackTraceElement before, StackTraceElement after) {
    assertThat(of(after)).isEqualTo(of(before));
  }

  static Stream<Arguments> otherPlaces() {
    return Stream.of(
        Arguments.of("method", frame("com.acme.Orders", "accept", 57)),
        Arguments.of("class", frame("com.acme.Invoices", "handle", 57)),
        Arguments.of("package", frame("com.other.Orders", "handle", 57)),
        Arguments.of("lambda of another method", frame("com.acme.Orders", "lambda$close$0", 57)),
        Arguments.of("name that only looks like a lambda", frame("com.acme.Orders", "lambda$", 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherPlaces")
  void differsByThe(String what, StackTraceElement culprit) {
    assertThat(of(culprit)).isNotEqualTo(of(CULPRIT));
  }

  @ParameterizedTest
  @EnumSource(names = "ACCEPTED", mode = EnumSource.Mode.EXCLUDE)
  void differsByKindAtOnePlace(SocketKind other) {
    assertThat(Fingerprint.of(other, CULPRIT, PLACE)).isNotEqualTo(of(CULPRIT));
  }

  @Test
  void doesNotDependOnTheEndpointWhereThereIsCulprit() {
    assertThat(Fingerprint.of(ACCEPTED, CULPRIT, "127.0.0.1:9090")).isEqualTo(of(CULPRIT));
  }

  @Test
  void isOfTheEndpointWhereThereIsNoCulprit() {
    assertThat(Fingerprint.of(ACCEPTED, null, PLACE))
        .isEqualTo(Fingerprint.of(ACCEPTED, null, PLACE))
        .isNotEqualTo(Fingerprint.of(ACCEPTED, null, "127.0.0.1:9090"));
  }

  private static String of(StackTraceElement culprit) {
    return Fingerprint.of(ACCEPTED, culprit, PLACE);
  }
}
