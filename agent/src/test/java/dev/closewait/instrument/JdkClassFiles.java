package dev.closewait.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The class files of the JDK that runs the tests. */
public final class JdkClassFiles {
  public static final int FEATURE = Runtime.version().feature();

  private JdkClassFiles() {}

  /** The bytes of a class by its internal name, as no agent has touched them. */
  public static byte[] read(String internalName) {
    try (InputStream in = Object.class.getResourceAsStream("/" + internalName + ".class")) {
      assertThat(in).as(internalName).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
