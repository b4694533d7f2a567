package dev.closewait.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.lang.instrument.Instrumentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

class StartupChecksTest {
  private final Instrumentation instrumentation = mock(Instrumentation.class);

  @Test
  void findsNothingInTheWayWhereTheTestsRun() {
    when(instrumentation.isRetransformClassesSupported()).thenReturn(true);
    assertThat(StartupChecks.obstacle(instrumentation)).isNull();
  }

  @Test
  void saysWhatToDoWhereClassesCannotBeChanged() {
    when(instrumentation.isRetransformClassesSupported()).thenReturn(false);
    assertThat(StartupChecks.obstacle(instrumentation))
        .isEqualTo("this JVM cannot retransform classes (use a HotSpot JVM)");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @EnabledForJreRange(max = JRE.JAVA_25)
  void knowsNoLimitsWhereItIsTested() {
    assertThat(StartupChecks.limits()).isEmpty();
  }

  @Test
  @EnabledOnOs({OS.MAC, OS.WINDOWS})
  void saysThatTheKernelIsNotAskedElsewhere() {
    assertThat(StartupChecks.limits()).anyMatch(limit -> limit.startsWith("no kernel state on "));
  }
}
