package dev.closewait.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.CloseWaitControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuntimeClassesTest {
  private static final Path COMPILED =
      Path.of(System.getProperty("closewait.runtime-classes"), "java", "net");

  /** One that is forgotten is missed by the first application that comes by it. */
  @Test
  void definesEveryClassOfTheRuntimeHalf() throws Exception {
    assertThat(names()).containsExactlyInAnyOrderElementsOf(compiled());
  }

  @Test
  void definesSuperclassesFirst() throws Exception {
    List<String> names = names();
    for (String name : names) {
      Class<?> parent = Class.forName("java.net." + name).getSuperclass();
      int position = parent == null ? -1 : names.indexOf(parent.getSimpleName());
      assertThat(position).as(name).isLessThan(names.indexOf(name));
    }
  }

  @Test
  void isOfTheVersionThatItWasBuiltWith() throws Exception {
    Field version = RuntimeClasses.class.getDeclaredField("VERSION");
    version.setAccessible(true);
    assertThat(version.get(null)).isEqualTo(CloseWaitControl.VERSION);
  }

  private static List<String> names() throws ReflectiveOperationException {
    Field names = RuntimeClasses.class.getDeclaredField("NAMES");
    names.setAccessible(true);
    return List.of((String[]) names.get(null));
  }

  private static List<String> compiled() throws IOException {
    try (Stream<Path> files = Files.list(COMPILED)) {
      return files
          .map(Path::toFile)
          .map(File::getName)
          .map(name -> name.replace(".class", ""))
          .toList();
    }
  }
}
