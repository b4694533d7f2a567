package dev.closewait.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.it.scenario.DroppedHandles;
import dev.closewait.it.support.FinishedJvm;
import dev.closewait.it.support.JavaCommand;
import dev.closewait.it.support.Jdk;
import dev.closewait.it.support.Jdks;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets and channels that an application drops are as collectable as without the agent. */
@Execution(ExecutionMode.CONCURRENT)
class DroppedHandlesIT {
  private static final String[] QUICK = {"threshold=300ms", "interval=100ms"};

  /** The first release with virtual threads (JEP 444). */
  private static final int VIRTUAL_THREADS = 21;

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("droppings")
  void leavesDroppedHandlesToTheCollector(String threads, Jdk jdk) {
    FinishedJvm without = FinishedJvm.of(droppedHandles(threads, jdk));
    FinishedJvm with = FinishedJvm.of(droppedHandles(threads, jdk).agent(QUICK));

    with.assertSameAs(without);
    assertThat(with.stdout()).isEqualTo("dropped 400, alive 0\n");
  }

  static Stream<Arguments> droppings() {
    return Jdks.all()
        .flatMap(
            jdk ->
                (jdk.feature() < VIRTUAL_THREADS
                        ? Stream.of("platform")
                        : Stream.of("platform", "virtual", "parked"))
                    .map(threads -> Arguments.of(threads, jdk)));
  }

  /** Without {@code trackAllThreads} the JDK itself keeps no virtual thread that is parked. */
  private static JavaCommand droppedHandles(String threads, Jdk jdk) {
    return JavaCommand.on(jdk)
        .options("-Djdk.trackAllThreads=false")
        .main(DroppedHandles.class, threads);
  }
}
