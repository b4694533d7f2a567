package dev.closewait;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.closewait.AgentClasses.ALL;
import static dev.closewait.AgentClasses.BASE;
import static dev.closewait.AgentClasses.SOURCES;
import static dev.closewait.AgentClasses.in;
import static dev.closewait.AgentClasses.isWritten;
import static dev.closewait.AgentClasses.onlyIn;
import static dev.closewait.AgentClasses.outside;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may use whom, as the style guide's layout says: packages are the pipeline, in one direction.
 */
class ArchitectureTest {
  private static final String RUNTIME_HALF = "java.net.CloseWait";
  private static final String[] JMX = {
    "java.lang.management..", "javax.management..", "com.sun.management.."
  };

  @Test
  void everySourceFileIsChecked() throws IOException {
    assertThat(ALL).isNotEmpty();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(ALL.contain(classNameOf(file))).isTrue());
    }
  }

  private static String classNameOf(Path source) {
    String path = SOURCES.relativize(source).toString().replace(".java", "");
    return BASE + "." + path.replace('/', '.');
  }

  @Test
  void configUsesNothingOfOurs() {
    mayUse("config");
  }

  @Test
  void logUsesNothingOfOurs() {
    mayUse("log");
  }

  @Test
  void libraryUsesNothingOfOurs() {
    mayUse("library");
  }

  @Test
  void kernelUsesTheRuntimeHalfAndTheLog() {
    mayUse("kernel", RUNTIME_HALF, "log");
  }

  @Test
  void connectionUsesTheRuntimeHalf() {
    mayUse("connection", RUNTIME_HALF);
  }

  @Test
  void instrumentUsesTheRuntimeHalf() {
    mayUse("instrument", "library", RUNTIME_HALF);
  }

  @Test
  void diagnosisUsesWhatWasSeenAndNothingThatShowsIt() {
    mayUse("diagnosis", "connection", "kernel", "library", "instrument.watch");
  }

  @Test
  void reportUsesTheDiagnosisAndTheValuesItCarries() {
    mayUse("report", "diagnosis", "connection", "kernel", "log");
  }

  @Test
  void reportAsksNobodyForMore() {
    in("report")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are values where they belong to an earlier stage",
                used ->
                    !used.getPackageName().matches(".*closewait\\.(connection|kernel)\\b.*")
                        || isValue(used)))
        .because("one immutable diagnosis goes to every sink, and all of them show the same moment")
        .allowEmptyShould(!isWritten("report"))
        .check(ALL);
  }

  private static boolean isValue(JavaClass used) {
    return used.isRecord() || used.isEnum() || used.isInterface();
  }

  @Test
  void commandLineUsesOptionsKernelAndTextReport() {
    mayUse("cli", "config", "kernel", "report.text");
  }

  @Test
  void junitExtensionUsesOptionsDiagnosisTextReportAndRuntimeHalf() {
    mayUse("junit", "config", "diagnosis", "report.text", RUNTIME_HALF);
  }

  @Test
  void startupUsesThePipelineAndNoOtherWayToStart() {
    mayUse(
        "startup",
        "config",
        "log",
        "kernel",
        "library",
        "connection",
        "instrument",
        "diagnosis",
        "report",
        RUNTIME_HALF);
  }

  /** Fails unless the package uses, of all that is ours, only itself and what is named here. */
  private static void mayUse(String user, String... used) {
    in(user)
        .should()
        .onlyDependOnClassesThat(areForeignOr(user, used))
        .because("packages are the pipeline, read in one direction (STYLE.md, Layout)")
        .allowEmptyShould(!isWritten(user))
        .check(ALL);
  }

  private static DescribedPredicate<JavaClass> areForeignOr(String user, String... used) {
    List<String> allowed = List.of(used);
    return describe(
        "are not ours, or belong to " + user + " or " + allowed,
        target ->
            !isOurs(target)
                || belongsTo(user, target)
                || allowed.stream().anyMatch(name -> belongsTo(name, target)));
  }

  private static boolean isOurs(JavaClass target) {
    return target.getName().startsWith(BASE + ".") || belongsTo(RUNTIME_HALF, target);
  }

  private static boolean belongsTo(String name, JavaClass target) {
    return name.equals(RUNTIME_HALF)
        ? target.getName().startsWith(RUNTIME_HALF)
        : (target.getPackageName() + ".").startsWith(BASE + "." + name + ".");
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching(BASE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("a reader follows one connection without jumping back")
        .check(ALL);
  }

  @Test
  void jmxIsInItsReportAndInTheDiagnosisOfLocks() {
    outside("report.jmx", "diagnosis")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(JMX)
        .because("a trimmed JDK may lack it, and loading it costs start-up time")
        .check(ALL);
  }

  @Test
  void oneClassOfDiagnosisAsksThreadMXBean() {
    List<JavaClass> users =
        ALL.that(resideInAnyPackage(BASE + ".diagnosis..")).stream()
            .filter(ArchitectureTest::usesJmx)
            .map(ArchitectureTest::outermost)
            .distinct()
            .toList();
    assertThat(users)
        .as("JMX is loaded only when a finding needs locks, so one class may touch it")
        .hasSizeLessThanOrEqualTo(1);
    noClasses()
        .that(resideInAnyPackage(BASE + ".diagnosis.."))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.management..", "com.sun.management..")
        .because("ThreadMXBean is all that diagnosis may ask")
        .allowEmptyShould(!isWritten("diagnosis"))
        .check(ALL);
  }

  private static boolean usesJmx(JavaClass user) {
    return user.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> resideInAnyPackage(JMX).test(dependency.getTargetClass()));
  }

  private static JavaClass outermost(JavaClass nested) {
    return nested.getEnclosingClass().map(ArchitectureTest::outermost).orElse(nested);
  }

  @Test
  void flightRecorderIsInItsReport() {
    onlyIn("jdk.jfr..", "a trimmed JDK may lack it", "report.jfr");
  }

  @Test
  void attachApiIsInTheCommandLine() {
    onlyIn("com.sun.tools.attach..", "a trimmed JDK may lack it", "cli");
  }

  @Test
  void bytecodeIsReadAndWovenInTwoPackages() {
    outside("instrument", "diagnosis.bytecode")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.objectweb.asm.."))
        .because("the engine is behind one interface")
        .check(ALL);
  }

  @Test
  void commandLineParserIsInTheCommandLine() {
    onlyIn("picocli..", "-javaagent loads nothing of the command line", "cli");
  }

  @Test
  void jsonIsWrittenInItsReport() {
    onlyIn("com.fasterxml.jackson..", "escaping is in one place", "report.json");
  }

  @Test
  void processTablesAreReadInKernel() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> !isOf("kernel", file)))
          .as("only kernel knows what Linux calls its tables")
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(file).content().doesNotContain("\"/proc/self", "File(\"/proc"));
    }
  }

  private static boolean isOf(String packageName, Path source) {
    return source.startsWith(SOURCES.resolve(packageName));
  }
}
