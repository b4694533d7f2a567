package dev.closewait.instrument.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.closewait.instrument.FrameFiles;
import java.lang.instrument.Instrumentation;
import java.net.CloseWaitDefinitions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

/** Plays the class loader that calls the hook, and the JVM that retransforms. */
class ArrivalsTest {
  private static final String NAME = "com.acme.Channel";
  private static final byte[] ORIGINAL = {9, 1, 2, 3, 9};
  private static final byte[] SLICE = {1, 2, 3};
  private static final byte[] WOVEN = "..java/net/CloseWait..".getBytes(StandardCharsets.US_ASCII);
  private static final ClassLoader LOADER = ArrivalsTest.class.getClassLoader();

  private final Instrumentation instrumentation = mock(Instrumentation.class);
  private final FrameFiles frameFiles = mock(FrameFiles.class);
  private final Target target = new Target("Channel", NAME);
  private final Arrivals arrivals = new Arrivals(instrumentation, frameFiles, List.of(target));

  @AfterEach
  void stop() {
    arrivals.stop();
  }

  @Test
  void definesWovenClassInsteadOfTheOriginal() {
    arrivals.listen();
    byte[] defined = CloseWaitDefinitions.defining(NAME, ORIGINAL, 1, 3, LOADER);
    assertThat(defined).isEqualTo(WOVEN);
    assertThat(target.given).isEqualTo(SLICE);
    assertThat(CloseWaitDefinitions.offset(defined, ORIGINAL, 1)).isZero();
    assertThat(CloseWaitDefinitions.length(defined, ORIGINAL, 3)).isEqualTo(WOVEN.length);
  }

  @Test
  void definesWovenClassFromDirectBuffer() {
    arrivals.listen();
    ByteBuffer direct = ByteBuffer.allocateDirect(3).put(SLICE).flip();
    assertThat(CloseWaitDefinitions.defining(NAME, direct, LOADER))
        .isEqualTo(ByteBuffer.wrap(WOVEN));
    assertThat(direct.remaining()).isEqualTo(3);
  }

  @Test
  void leavesHeapBufferToTheArrayThatItBecomes() {
    arrivals.listen();
    ByteBuffer heap = ByteBuffer.wrap(SLICE);
    assertThat(CloseWaitDefinitions.defining(NAME, heap, LOADER)).isSameAs(heap);
    assertThat(target.calls).isZero();
  }

  @Test
  void leavesOtherClassesAsTheyAre() {
    arrivals.listen();
    byte[] defined = CloseWaitDefinitions.defining("com.acme.Other", ORIGINAL, 1, 3, LOADER);
    assertThat(defined).isSameAs(ORIGINAL);
    assertThat(CloseWaitDefinitions.offset(defined, ORIGINAL, 1)).isEqualTo(1);
    assertThat(CloseWaitDefinitions.length(defined, ORIGINAL, 3)).isEqualTo(3);
    assertThat(CloseWaitDefinitions.defining("com.other.Channel", ORIGINAL, 1, 3, LOADER))
        .isSameAs(ORIGINAL);
    assertThat(target.calls).isZero();
  }

  @Test
  void leavesClassThatHasNoName() {
    arrivals.listen();
    assertThat(CloseWaitDefinitions.defining(null, ORIGINAL, 1, 3, LOADER)).isSameAs(ORIGINAL);
  }

  @Test
  void leavesBoundsThatTheJvmWillRefuse() {
    arrivals.listen();
    assertThat(CloseWaitDefinitions.defining(NAME, ORIGINAL, 4, 3, LOADER)).isSameAs(ORIGINAL);
    assertThat(CloseWaitDefinitions.defining(NAME, ORIGINAL, -1, 3, LOADER)).isSameAs(ORIGINAL);
  }

  @Test
  void neverWeavesTwice() {
    assertThat(arrivals.weave(NAME, WOVEN, LOADER)).isNull();
  }

  @Test
  void saysWhatCouldNotBeWoven() {
    target.failure = new IllegalStateException("unknown shape");
    assertThat(arrivals.weave(NAME, SLICE, LOADER)).isNull();
    assertThat(arrivals.problems())
        .containsExactly(
            "not instrumented: com.acme.Channel: java.lang.IllegalStateException: unknown shape");
  }

  @Test
  void listensToNobodyOnceStopped() {
    arrivals.listen();
    arrivals.stop();
    assertThat(CloseWaitDefinitions.defining(NAME, ORIGINAL, 1, 3, LOADER)).isSameAs(ORIGINAL);
  }

  @Test
  void retransformsWhatIsThereAlreadyOnce() throws Exception {
    Arrivals present =
        new Arrivals(
            instrumentation, frameFiles, List.of(new Target("ArrivalsTest", getClass().getName())));
    when(instrumentation.getAllLoadedClasses())
        .thenReturn(new Class<?>[] {String.class, getClass(), int[].class});
    present.weavePresent(true);
    present.weavePresent(true);
    InOrder order = inOrder(instrumentation);
    order.verify(instrumentation).addTransformer(present, true);
    order.verify(instrumentation).retransformClasses(getClass());
    order.verify(instrumentation).removeTransformer(present);
    verify(instrumentation, times(1)).retransformClasses(any(Class[].class));
  }

  @Test
  void weavesTheOthersWhenTheJvmRefusesOneOfThem() throws Exception {
    Arrivals present =
        new Arrivals(
            instrumentation,
            frameFiles,
            List.of(
                new Target("String", String.class.getName()),
                new Target("ArrivalsTest", getClass().getName())));
    when(instrumentation.getAllLoadedClasses())
        .thenReturn(new Class<?>[] {String.class, getClass()});
    doThrow(new VerifyError("changed by another agent"))
        .when(instrumentation)
        .retransformClasses(String.class, getClass());
    doThrow(new VerifyError("changed by another agent"))
        .when(instrumentation)
        .retransformClasses(String.class);
    present.weavePresent(true);
    verify(instrumentation).retransformClasses(getClass());
    verify(instrumentation).removeTransformer(present);
    assertThat(present.problems())
        .containsExactly(
            "not instrumented: java.lang.String: java.lang.VerifyError: changed by another agent");
  }

  @Test
  void leavesAloneWhatWasWovenWhenItWasDefined() throws Exception {
    Arrivals present =
        new Arrivals(
            instrumentation, frameFiles, List.of(new Target("ArrivalsTest", getClass().getName())));
    when(instrumentation.getAllLoadedClasses()).thenReturn(new Class<?>[] {getClass()});
    assertThat(present.weave(getClass().getName(), SLICE, LOADER)).isEqualTo(WOVEN);
    present.weavePresent(true);
    verify(instrumentation, never()).retransformClasses(any(Class[].class));
  }

  @Test
  void retransformsWhatTheLoaderOfTheJdkFindsOnce() throws Exception {
    Arrivals present =
        new Arrivals(
            instrumentation, frameFiles, List.of(new Target("ArrivalsTest", getClass().getName())));
    present.listen();
    CloseWaitDefinitions.found(getClass(), LOADER);
    CloseWaitDefinitions.found(getClass(), LOADER);
    present.stop();
    verify(instrumentation, times(1)).retransformClasses(getClass());
  }

  @Test
  void leavesWhatAnotherLoaderFindsAndWhatIsNotAwaited() {
    Arrivals present =
        new Arrivals(
            instrumentation, frameFiles, List.of(new Target("ArrivalsTest", getClass().getName())));
    present.listen();
    CloseWaitDefinitions.found(getClass(), new ClassLoader() {});
    CloseWaitDefinitions.found(null, LOADER);
    CloseWaitDefinitions.found(String.class, LOADER);
    present.stop();
    verifyNoInteractions(instrumentation);
  }

  @Test
  void weavesOnlyWhatItRetransforms() {
    String internal = NAME.replace('.', '/');
    assertThat(arrivals.transform(null, LOADER, internal, null, null, SLICE)).isNull();
    assertThat(arrivals.transform(null, LOADER, internal, getClass(), null, SLICE))
        .isEqualTo(WOVEN);
  }

  @Test
  void looksMoreAndMoreRarely() {
    when(instrumentation.getAllLoadedClasses()).thenReturn(new Class<?>[0]);
    long second = 1_000_000_000L;
    arrivals.weavePresentWhenDue(10 * second);
    arrivals.weavePresentWhenDue(10 * second + second / 2);
    verify(instrumentation, times(1)).getAllLoadedClasses();
    arrivals.weavePresentWhenDue(11 * second);
    arrivals.weavePresentWhenDue(12 * second);
    verify(instrumentation, times(2)).getAllLoadedClasses();
    verify(instrumentation, never()).addTransformer(any(), anyBoolean());
  }

  private static final class Target implements ArrivalTarget {
    private final String simpleName;
    private final String className;
    private byte @Nullable [] given;
    private int calls;
    private @Nullable RuntimeException failure;

    Target(String simpleName, String className) {
      this.simpleName = simpleName;
      this.className = className;
    }

    @Override
    public String simpleName() {
      return simpleName;
    }

    @Override
    public boolean isNamed(String name) {
      return className.equals(name);
    }

    @Override
    public byte @Nullable [] weave(String name, byte[] classFile, @Nullable ClassLoader loader) {
      calls++;
      given = classFile;
      if (failure != null) {
        throw failure;
      }
      return WOVEN;
    }
  }
}
