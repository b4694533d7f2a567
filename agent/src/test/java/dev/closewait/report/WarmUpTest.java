package dev.closewait.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.report.json.JsonReportFile;
import dev.closewait.report.text.TextReport;
import dev.closewait.report.text.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/** A process without a free descriptor may be unable to load one more class. */
class WarmUpTest {

  @TempDir private Path directory;

  @Test
  void leavesNoClassToBeLoadedByTheFirstReport() throws ReflectiveOperationException, IOException {
    Path path = directory.resolve("report.json");
    RecordingLoader loader = new RecordingLoader();
    @SuppressWarnings("unchecked") // Rehearsed is one, in whatever loader.
    BiFunction<Path, Runnable, String> scenario =
        (BiFunction<Path, Runnable, String>)
            loader.loadClass(Rehearsed.class.getName()).getDeclaredConstructor().newInstance();

    String text = scenario.apply(path, loader.loaded::clear);

    assertThat(loader.loaded).isEmpty();
    assertThat(text)
        .contains("LEAK  9f31c2")
        .contains("grew")
        .contains("resolved")
        .contains("at exit");
    assertThat(Files.readString(path)).contains("\"atExit\": true");
  }

  /** Warms up, then writes reports of every kind. */
  public static final class Rehearsed implements BiFunction<Path, Runnable, String> {

    @Override
    public String apply(Path path, Runnable warm) {
      List<Diagnosis> diagnoses =
          List.of(
              SampleDiagnosis.full(),
              SampleDiagnosis.later(1, false, GroupVariants.withCount(SampleGroups.eofRead(), 80)),
              SampleDiagnosis.later(2, true, SampleGroups.eofRead()),
              SampleDiagnosis.later(3, true));
      TextStyle style = new TextStyle(SampleEvents::isAcme, false, true);
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      try {
        ReportPublisher publisher =
            new ReportPublisher(
                List.of(new TextReport(text, style), new JsonReportFile(path.toString())),
                NOPLogger.NOP_LOGGER);
        publisher.warmUp();
        warm.run();
        diagnoses.forEach(publisher::publish);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text.toString();
    }
  }

  /** Loads our classes and the JSON library's anew, and keeps the names. */
  private static final class RecordingLoader extends ClassLoader {

    private final List<String> loaded = new ArrayList<>();

    RecordingLoader() {
      super(WarmUpTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.closewait.") && !name.startsWith("com.fasterxml.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        loaded.add(name);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
