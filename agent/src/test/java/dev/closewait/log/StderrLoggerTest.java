package dev.closewait.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class StderrLoggerTest {
  private final List<String> writes = new ArrayList<>();
  private final LogOutput output = new LogOutput(new Recorder(writes));
  private final Logger logger = new StderrLogger(StderrLoggerTest.class, output);

  @Test
  void writesOneLineInOneCall() {
    logger.info("attached to {} in {} ms", 4711, 12);

    assertThat(writes).containsExactly("closewait: attached to 4711 in 12 ms\n");
  }

  @Test
  void namesTheLevelOfWhatIsNotPlainInformation() {
    output.setLevel(Level.DEBUG);

    logger.error("one");
    logger.warn("two");
    logger.info("three");
    logger.debug("four");

    assertThat(writes)
        .containsExactly(
            "closewait: error: one\n",
            "closewait: warning: two\n",
            "closewait: three\n",
            "closewait: debug: StderrLoggerTest: four\n");
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 1", "WARN, 2", "INFO, 3", "DEBUG, 4", "TRACE, 5"})
  void leavesOutWhatIsBelowTheLevel(Level level, int lines) {
    output.setLevel(level);

    logger.error("message");
    logger.warn("message");
    logger.info("message");
    logger.debug("message");
    logger.trace("message");

    assertThat(writes).hasSize(lines);
  }

  @Test
  void writesAnExceptionOnOneLine() {
    logger.warn("report lost", new IOException("No space left\non device"));
    logger.warn("report {} lost", "x.json", new IOException("full"));

    assertThat(writes)
        .containsExactly(
            "closewait: warning: report lost: java.io.IOException: No space left\\non device\n",
            "closewait: warning: report x.json lost: java.io.IOException: full\n");
  }

  @Test
  void addsTheStackAtDebugLevelWithThePrefixOnEachLine() {
    output.setLevel(Level.DEBUG);

    logger.warn("report lost", new IOException("outer", new IllegalStateException("inner")));

    assertThat(writes).hasSize(1);
    assertThat(writes.get(0).lines())
        .allSatisfy(line -> assertThat(line).startsWith("closewait: "))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("closewait:     at " + StderrLoggerTest.class.getName() + ".adds"))
        .contains("closewait:   caused by java.lang.IllegalStateException: inner");
  }

  @Test
  void doesNotLetAnArgumentBeginALine() {
    logger.info("peer {}", "evil\nclosewait: no leaks");

    assertThat(writes).containsExactly("closewait: peer evil\\nclosewait: no leaks\n");
  }

  @Test
  void toleratesEveryKindOfBrokenArgument() {
    logger.info("value {}", new BrokenValue());
    logger.info("value {}", (Object) null);
    logger.info("value {} {}", "only one");
    logger.info("value", "too many");
    logger.info(null);
    logger.info("failed", new BrokenException());

    assertThat(writes)
        .containsExactly(
            "closewait: value (its toString threw java.lang.StackOverflowError)\n",
            "closewait: value null\n",
            "closewait: value only one {}\n",
            "closewait: value\n",
            "closewait: null\n",
            "closewait: failed: "
                + BrokenException.class.getName()
                + ": (its getMessage threw java.lang.IllegalStateException)\n");
  }

  @Test
  void swallowsAndCountsTheFailuresOfTheStream() {
    output.setStream(
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("closed");
          }
        });
    assertThatCode(() -> logger.error("one")).doesNotThrowAnyException();
    output.setStream(
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new OutOfMemoryError("heap");
          }
        });
    assertThatCode(() -> logger.error("two")).doesNotThrowAnyException();

    assertThat(output.lostMessages()).isEqualTo(2);
  }

  @Test
  void saysEverythingThroughTheFluentInterfaceToo() {
    logger.atWarn().addArgument(7).setCause(new IOException("full")).log("lost {}");

    assertThat(writes).containsExactly("closewait: warning: lost 7: java.io.IOException: full\n");
  }

  /** Keeps each call apart, which a byte array stream does not. */
  private static final class Recorder extends OutputStream {
    private final List<String> writes;

    Recorder(List<String> writes) {
      this.writes = writes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writes.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int b) {
      writes.add(String.valueOf((char) b));
    }
  }

  private static final class BrokenValue {
    @Override
    public String toString() {
      throw new StackOverflowError();
    }
  }

  private static final class BrokenException extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException();
    }
  }
}
