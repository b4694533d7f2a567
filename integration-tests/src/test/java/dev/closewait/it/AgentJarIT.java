package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar itself: all that an application meets of us by being started with it. */
class AgentJarIT {
  private static final File JAR = new File(System.getProperty("closewait.agent.jar"));
  private static final String RUNTIME_HALF = "dev/closewait/runtime/";

  /** JVMS 25, table 4.1-A: the major version of Java 17. */
  private static final int JAVA_17_MAJOR = 61;

  private static final int CLASS_FILE_MAGIC = 0xCAFEBABE;

  /**
   * A library's own name where a class is named: alone, or in a descriptor or signature (JVMS 25,
   * 4.3 and 4.7.9.1). Not where a message speaks of it.
   */
  private static final Pattern UNRELOCATED =
      Pattern.compile(
          "(|\\S*[\\[;()<:*+-])L?"
              + "(org[./]objectweb|org[./]slf4j|org[./]jspecify|com[./]fasterxml|picocli)"
              + "[./]\\w\\S*");

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(JAR);
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  @Test
  void manifestNamesEveryWayToStart() throws IOException {
    Map<String, String> attributes = new HashMap<>();
    Attributes main = jar.getManifest().getMainAttributes();
    main.forEach((name, value) -> attributes.put(name.toString(), value.toString()));
    assertThat(attributes)
        .contains(
            entry("Premain-Class", "dev.closewait.startup.AgentMain"),
            entry("Agent-Class", "dev.closewait.startup.AgentMain"),
            entry("Main-Class", "dev.closewait.cli.CommandLineMain"),
            entry("Can-Retransform-Classes", "true"),
            entry("Can-Redefine-Classes", "true"),
            entry("Implementation-Version", System.getProperty("closewait.version")))
        .doesNotContainKeys(
            "Boot-Class-Path", "Class-Path", "Launcher-Agent-Class", "Multi-Release");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Premain-Class", "Main-Class"})
  void manifestNamesClassesThatAreThere(String attribute) throws IOException {
    String name = jar.getManifest().getMainAttributes().getValue(attribute);
    assertThat(names()).contains(name.replace('.', '/') + ".class");
  }

  @Test
  void hasNothingButOursAndTheLicences() {
    assertThat(names())
        .allMatch(
            name ->
                name.matches(
                    "dev/|dev/closewait/.*|META-INF/(services/)?"
                        + "|META-INF/(MANIFEST\\.MF|LICENSE|NOTICE|services/dev\\.closewait\\..*)"));
  }

  @Test
  void hasTheRuntimeHalf() {
    assertThat(names())
        .contains(RUNTIME_HALF + "CloseWaitHooks.bin", RUNTIME_HALF + "CloseWaitTable.bin")
        .filteredOn(name -> name.startsWith(RUNTIME_HALF))
        .allMatch(name -> name.endsWith("/") || name.endsWith(".bin"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.net.CloseWaitHooks",
        "java.net.CloseWaitTable",
        "dev.closewait.runtime.CloseWaitHooks",
        "CloseWaitHooks"
      })
  void noLoaderFindsTheRuntimeHalf(String name) throws IOException {
    URL[] path = {JAR.toURI().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .isThrownBy(() -> loader.loadClass(name));
      assertThat(loader.getResource(name.replace('.', '/') + ".class")).isNull();
    }
  }

  @Test
  void noClassHasTheNameOfTheRuntimeHalf() {
    List<String> runtimeHalf =
        names().stream()
            .filter(name -> name.endsWith(".bin"))
            .map(name -> name.substring(RUNTIME_HALF.length()).replace(".bin", ".class"))
            .toList();
    assertThat(runtimeHalf).isNotEmpty();
    assertThat(names()).noneMatch(name -> runtimeHalf.stream().anyMatch(name::endsWith));
  }

  @Test
  void everyClassRunsOnJava17() throws IOException {
    List<String> newer = new ArrayList<>();
    for (String name : compiled()) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(name)));
      assertThat(in.readInt()).as(name).isEqualTo(CLASS_FILE_MAGIC);
      in.readUnsignedShort();
      if (in.readUnsignedShort() > JAVA_17_MAJOR) {
        newer.add(name);
      }
    }
    assertThat(newer).isEmpty();
  }

  @Test
  void noClassNamesLibraryAsTheApplicationWould() throws IOException {
    List<String> found = new ArrayList<>();
    for (String name : compiled()) {
      for (String constant : ConstantPool.textsOf(bytes(name))) {
        if (UNRELOCATED.matcher(constant).matches()) {
          found.add(name + ": " + constant);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asm/ClassReader",
        "slf4j/Logger",
        "picocli/CommandLine",
        "jackson/core/JsonGenerator"
      })
  void hasLibraryUnderItsNewName(String name) {
    assertThat(names()).contains("dev/closewait/shaded/" + name + ".class");
  }

  @Test
  void serviceFilesNameOnlyOurs() throws IOException {
    for (String name : names()) {
      if (name.startsWith("META-INF/services/") && !name.endsWith("/")) {
        assertThat(text(name).lines())
            .isNotEmpty()
            .allMatch(line -> line.startsWith("dev.closewait."));
      }
    }
  }

  @Test
  void hasOurLicence() throws IOException {
    assertThat(text("META-INF/LICENSE")).contains("Apache License", "Version 2.0, January 2004");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ASM", "SLF4J", "picocli", "Jackson", "FastDoubleParser", "Schubfach", "JSpecify"})
  void noticeNamesLibrary(String library) throws IOException {
    assertThat(text("META-INF/NOTICE")).contains("\n" + library + " - https://");
  }

  private List<String> names() {
    return jar.stream().map(JarEntry::getName).toList();
  }

  private List<String> compiled() {
    List<String> compiled =
        names().stream().filter(name -> name.matches(".*\\.(class|bin)")).toList();
    assertThat(compiled).hasSizeGreaterThan(100);
    return compiled;
  }

  private String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String name) throws IOException {
    try (var in = jar.getInputStream(jar.getJarEntry(name))) {
      return in.readAllBytes();
    }
  }
}
