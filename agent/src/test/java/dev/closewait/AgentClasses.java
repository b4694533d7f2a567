package dev.closewait;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.nio.file.Path;
import java.util.Arrays;

/** The compiled classes of the agent, as the tests of its structure address them. */
final class AgentClasses {
  static final String BASE = "dev.closewait";
  static final Path SOURCES = Path.of("src/main/java/dev/closewait");
  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(BASE);

  private AgentClasses() {}

  static GivenClassesConjunction in(String packageName) {
    return classes().that(resideInAPackage(BASE + "." + packageName + ".."));
  }

  static GivenClassesConjunction outside(String... packageNames) {
    return noClasses().that(DescribedPredicate.not(areIn(packageNames)));
  }

  /** Fails when a class of another package than these uses the library. */
  static void onlyIn(String library, String reason, String... packageNames) {
    outside(packageNames)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .because(reason)
        .check(ALL);
  }

  private static DescribedPredicate<JavaClass> areIn(String... packageNames) {
    return resideInAnyPackage(
        Arrays.stream(packageNames).map(name -> BASE + "." + name + "..").toArray(String[]::new));
  }

  /** Whether the package has sources: only the rules of one that has none may be empty. */
  static boolean isWritten(String packageName) {
    String[] files = SOURCES.resolve(packageName.replace('.', '/')).toFile().list();
    return files != null && Arrays.stream(files).anyMatch(name -> name.endsWith(".java"));
  }
}
