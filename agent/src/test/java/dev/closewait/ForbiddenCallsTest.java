package dev.closewait;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.closewait.AgentClasses.ALL;
import static dev.closewait.AgentClasses.BASE;
import static dev.closewait.AgentClasses.isWritten;
import static dev.closewait.AgentClasses.onlyIn;
import static dev.closewait.AgentClasses.outside;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.io.FileDescriptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the agent's own threads must not do to the application that they live in. */
class ForbiddenCallsTest {
  @Test
  void processIsEndedByTheCommandLine() {
    outside("cli")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .because("the application must run to its own end")
        .check(ALL);
  }

  @Test
  void standardStreamsAreForCommandLineLogAndStartup() {
    outside("cli", "log", "startup")
        .should()
        .accessTargetWhere(describe("is a standard stream", ForbiddenCallsTest::isStandardStream))
        .orShould()
        .accessTargetWhere(describe("prints a stack", ForbiddenCallsTest::printsStack))
        .because("the application's output is its own")
        .check(ALL);
  }

  private static boolean isStandardStream(JavaAccess<?> access) {
    return (access.getTargetOwner().isEquivalentTo(System.class)
            || access.getTargetOwner().isEquivalentTo(FileDescriptor.class))
        && List.of("in", "out", "err").contains(access.getName());
  }

  private static boolean printsStack(JavaAccess<?> access) {
    return access.getTargetOwner().isAssignableTo(Throwable.class)
        && access.getTarget().getFullName().endsWith(".printStackTrace()");
  }

  @Test
  void garbageIsCollectedOnRequestOfTheJunitExtension() {
    outside("junit")
        .should()
        .callMethod(System.class, "gc")
        .orShould()
        .callMethod(Runtime.class, "gc")
        .because("the application's garbage collection stays as it is")
        .check(ALL);
  }

  @Test
  void namesAreNeverResolved() {
    noClasses()
        .should()
        .callMethod(InetAddress.class, "getHostName")
        .orShould()
        .callMethod(InetAddress.class, "getCanonicalHostName")
        .orShould()
        .callMethod(InetSocketAddress.class, "getHostName")
        .because("a name server that does not answer would hold up the scan")
        .check(ALL);
  }

  @Test
  void startupLeavesOutWhatIsSlowToLoad() {
    noClasses()
        .that()
        .resideInAPackage(BASE + ".startup..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..")
        .because("it runs before the application's main")
        .allowEmptyShould(!isWritten("startup"))
        .check(ALL);
  }

  @Test
  void loggingOfTheJdkIsLeftToTheApplication() {
    onlyIn("java.util.logging..", "the application configures it after premain");
  }
}
