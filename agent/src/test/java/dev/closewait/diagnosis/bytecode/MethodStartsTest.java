package dev.closewait.diagnosis.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MethodStartsTest {
  private final MethodStarts starts = new MethodStarts(MethodStartsTest::classFiles);

  @Test
  void namesTheFirstLineOfMethodThatIsOnNoStack() {
    StackTraceElement frame = starts.frame(Sample.class.getName(), "take", "/String;");
    assertThat(frame.getFileName()).isEqualTo("MethodStartsTest.java");
    assertThat(frame.getLineNumber()).isEqualTo(Sample.lineOf(new Sample().take("")));
  }

  @Test
  void tellsOverloadsApartByParameter() {
    StackTraceElement frame = starts.frame(Sample.class.getName(), "take", "/Integer;");
    assertThat(frame.getLineNumber()).isEqualTo(Sample.lineOf(new Sample().take(1)));
  }

  /** It has the line of the class, and is declared before or after the method. */
  @Test
  void passesBridgesOver() {
    StackTraceElement frame = starts.frame(Sample.class.getName(), "compareTo", "/");
    assertThat(frame.getLineNumber()).isEqualTo(new Sample().compareTo(new Sample()));
  }

  @Test
  void namesMethodWithoutLineWhereTheClassCannotBeRead() {
    MethodStarts blind = new MethodStarts(ClassFiles.NONE);
    assertThat(blind.frame("com.acme.Boot$1", "read", "").toString())
        .isEqualTo("com.acme.Boot$1.read(Boot.java)");
    MethodStarts refused =
        new MethodStarts(
            name -> {
              throw new UnreadableClassException("no");
            });
    assertThat(refused.frame("com.acme.Boot", "read", "").getLineNumber()).isNegative();
    assertThat(starts.frame(Sample.class.getName(), "nowhere", "").getLineNumber()).isNegative();
  }

  private static List<byte[]> classFiles(String name) {
    String resource = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = MethodStartsTest.class.getResourceAsStream(resource)) {
      return List.of(Objects.requireNonNull(in).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Sample implements Comparable<Sample> {
    static int lineOf(StackTraceElement frame) {
      return frame.getLineNumber();
    }

    StackTraceElement take(String text) {
      return new Throwable(text).getStackTrace()[0];
    }

    StackTraceElement take(Integer number) {
      return new Throwable(number.toString()).getStackTrace()[0];
    }

    @Override
    public int compareTo(Sample other) {
      return new Throwable().getStackTrace()[0].getLineNumber();
    }
  }
}
