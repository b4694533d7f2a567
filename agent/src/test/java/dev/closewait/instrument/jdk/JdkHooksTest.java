package dev.closewait.instrument.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Operand;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.CloseWaitHooks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkHooksTest {
  private static final int FAR_FUTURE = 40;

  static Stream<Hook> everyHook() {
    return IntStream.of(17, 21, 25)
        .boxed()
        .flatMap(f -> JdkHooks.forFeature(f).stream())
        .filter(hook -> hook.edge() != Edge.DEFINITION)
        .distinct();
  }

  /** A wrong name would make the JDK's own method throw NoSuchMethodError. */
  @ParameterizedTest
  @MethodSource("everyHook")
  void callsMethodThatIsThere(Hook hook) throws ClassNotFoundException {
    assertThat(Class.forName(hook.call().owner().replace('/', '.')).getMethods())
        .filteredOn(method -> method.getName().equals(hook.call().hook()))
        .filteredOn(method -> Modifier.isStatic(method.getModifiers()))
        .extracting(JdkHooksTest::descriptor)
        .contains(hook.call().descriptor());
  }

  @ParameterizedTest
  @MethodSource("everyHook")
  void passesAsManyOperandsAsTheMethodTakes(Hook hook) {
    int parameters =
        MethodType.fromMethodDescriptorString(hook.call().descriptor(), null).parameterCount();
    assertThat(hook.call().operands()).hasSize(parameters);
  }

  /** A result or exception is on the stack, and duplicated before anything else is loaded. */
  @ParameterizedTest
  @MethodSource("everyHook")
  void passesWhatItsEdgeHasAndThatFirst(Hook hook) {
    List<Operand> operands = hook.call().operands();
    assertThat(operands.contains(Operand.THROWN)).isEqualTo(hook.edge() == Edge.THROW);
    assertThat(operands.lastIndexOf(Operand.THROWN)).isLessThanOrEqualTo(0);
    assertThat(operands.lastIndexOf(Operand.RESULT)).isLessThanOrEqualTo(0);
    if (operands.contains(Operand.RESULT)) {
      assertThat(hook.edge()).isEqualTo(Edge.RETURN);
    }
  }

  @Test
  void everyPublicHookIsWoven() {
    assertThat(
            everyHook()
                .filter(hook -> hook.call().owner().equals(Hook.HOOKS))
                .map(hook -> hook.call().hook() + hook.call().descriptor())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(CloseWaitHooks.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getName() + descriptor(method))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 21, 25, FAR_FUTURE})
  void closesDescriptorAtOnePlaceInEachJdk(int feature) {
    assertThat(JdkHooks.forFeature(feature))
        .filteredOn(hook -> hook.call().hook().equals("closing"))
        .singleElement()
        .extracting(Hook::owner)
        .isEqualTo(feature < 21 ? "sun/nio/ch/SocketDispatcher" : "sun/nio/ch/UnixDispatcher");
  }

  @Test
  void saysWhatIsMissingAsPersonReadsIt() {
    assertThat(everyHook().map(Hook::describe))
        .contains("sun.nio.ch.SocketDispatcher.read does not call read");
  }

  private static String descriptor(Method method) {
    return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .toMethodDescriptorString();
  }
}
