package dev.closewait.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameFormatTest {

  @Test
  void leavesOutClassLoaderAndModule() {
    StackTraceElement frame =
        new StackTraceElement("app", "acme.shop", "1.0", "com.acme.Shop", "open", "Shop.java", 57);

    assertThat(frame.toString()).startsWith("app/acme.shop");
    assertThat(FrameFormat.format(frame)).isEqualTo("com.acme.Shop.open(Shop.java:57)");
  }

  @Test
  void saysWhatIsNotKnownOfThePlace() {
    assertThat(FrameFormat.format(new StackTraceElement("A", "b", "A.java", -1)))
        .isEqualTo("A.b(A.java)");
    assertThat(FrameFormat.format(new StackTraceElement("A", "b", null, 3)))
        .isEqualTo("A.b(Unknown Source)");
    assertThat(FrameFormat.format(new StackTraceElement("A", "b", "A.java", -2)))
        .isEqualTo("A.b(Native Method)");
  }
}
