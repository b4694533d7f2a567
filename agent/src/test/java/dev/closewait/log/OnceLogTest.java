package dev.closewait.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OnceLogTest {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final OnceLog log =
      new OnceLog(new StderrLogger(OnceLogTest.class, new LogOutput(stream)));

  @Test
  void warnsOncePerCause() {
    log.warn("report lost", new IOException("full"));
    log.warn("report lost", new IOException("full"));
    log.warn("report lost", new IOException("read only"));
    log.warn("report lost", new IllegalStateException("full"));
    log.warn("page lost", new IOException("full"));

    assertThat(lines())
        .containsExactly(
            "closewait: warning: report lost: java.io.IOException: full",
            "closewait: warning: report lost: java.io.IOException: read only",
            "closewait: warning: report lost: java.lang.IllegalStateException: full",
            "closewait: warning: page lost: java.io.IOException: full");
  }

  @Test
  void stopsAtManyCausesAndSaysSo() {
    for (int i = 0; i < 10_000; i++) {
      log.warn("report lost", new IOException("file " + i));
    }

    assertThat(lines())
        .hasSize(65)
        .endsWith(
            "closewait: warning: more than 64 different failures, the further ones are not logged");
  }

  @Test
  void survivesAnExceptionThatCannotBeDescribed() {
    assertThatCode(() -> log.warn("lost", new Undescribed())).doesNotThrowAnyException();

    assertThat(lines()).hasSize(1);
  }

  private String[] lines() {
    return stream.toString(StandardCharsets.UTF_8).split("\n");
  }

  private static final class Undescribed extends RuntimeException {
    @Override
    public String getMessage() {
      throw new OutOfMemoryError();
    }
  }
}
