package dev.closewait.instrument.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.closewait.instrument.FrameFiles;
import dev.closewait.instrument.watch.MethodWatch.Watched;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.CloseWaitWatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a JVM that runs all transformers over the class files that were loaded. */
class MethodWatchTest {
  private static final StackTraceElement NOTHING = frame(Leavings.class, "nothing");
  private static final StackTraceElement EARLY = frame(Leavings.class, "early");
  private static final StackTraceElement OTHER = frame(MethodWatchTest.class, "stop");

  private final Instrumentation instrumentation = mock(Instrumentation.class);
  private final List<ClassFileTransformer> transformers = new ArrayList<>();
  private final Map<Class<?>, byte[]> live = new HashMap<>();
  private final FrameFiles frameFiles = mock(FrameFiles.class);
  private final MethodWatch watch = new MethodWatch(instrumentation, frameFiles);

  @BeforeEach
  void runTransformers() throws Exception {
    when(instrumentation.getAllLoadedClasses())
        .thenReturn(new Class<?>[] {String.class, Leavings.class, MethodWatchTest.class});
    when(instrumentation.isModifiableClass(any())).thenReturn(true);
    doAnswer(call -> transformers.add(call.getArgument(0)))
        .when(instrumentation)
        .addTransformer(any(), anyBoolean());
    when(instrumentation.removeTransformer(any()))
        .thenAnswer(call -> transformers.remove(call.<ClassFileTransformer>getArgument(0)));
    doAnswer(call -> retransform(call.getArgument(0)))
        .when(instrumentation)
        .retransformClasses(any(Class.class));
  }

  @AfterEach
  void stop() {
    CloseWaitWatch.stop();
  }

  @Test
  void weavesTheClassesOfTheFramesAndNoOther() throws Exception {
    assertThat(watch("group", NOTHING)).isEmpty();
    assertThat(calls(Leavings.class)).isPositive();
    assertThat(live).containsOnlyKeys(Leavings.class);
    verify(instrumentation, never()).retransformClasses(String.class);
  }

  @Test
  void isRegisteredNoLongerThanItWeaves() {
    watch("group", NOTHING);
    assertThat(transformers).isEmpty();
    verify(instrumentation).addTransformer(any(), anyBoolean());
  }

  @Test
  void putsTheOriginalBack() {
    watch("group", NOTHING, OTHER);
    assertThat(watch.unwatch("group")).isEmpty();
    assertThat(live.get(Leavings.class)).isEqualTo(ClassFile.of(Leavings.class));
    assertThat(live.get(MethodWatchTest.class)).isEqualTo(ClassFile.of(MethodWatchTest.class));
    assertThat(transformers).isEmpty();
  }

  @Test
  void keepsWhatAnotherGroupStillWatches() {
    watch("one", NOTHING);
    byte[] ofOne = live.get(Leavings.class);
    watch("other", NOTHING, EARLY);
    assertThat(live.get(Leavings.class)).isNotEqualTo(ofOne);
    watch.unwatch("other");
    assertThat(live.get(Leavings.class)).isEqualTo(ofOne);
    watch.unwatch("one");
    assertThat(calls(Leavings.class)).isZero();
  }

  @Test
  void touchesNothingForGroupThatIsNotWatched() throws Exception {
    assertThat(watch.unwatch("unknown")).isEmpty();
    verify(instrumentation, never()).retransformClasses(any(Class.class));
  }

  @Test
  void saysThatClassIsGone() {
    when(instrumentation.getAllLoadedClasses()).thenReturn(new Class<?>[0]);
    assertThat(watch("group", NOTHING))
        .containsExactly(Leavings.class.getName() + " is not loaded any more");
    assertThat(watch.unwatch("group")).isEmpty();
  }

  @Test
  void saysThatClassCannotBeChanged() {
    when(instrumentation.isModifiableClass(Leavings.class)).thenReturn(false);
    assertThat(watch("group", NOTHING))
        .containsExactly(Leavings.class.getName() + " cannot be changed in this JVM");
  }

  @Test
  void saysThatTheJvmRefused() throws Exception {
    doThrow(new VerifyError("bad")).when(instrumentation).retransformClasses(any(Class.class));
    assertThat(watch("group", NOTHING))
        .singleElement()
        .asString()
        .contains(Leavings.class.getName(), "refused", "VerifyError");
    assertThat(transformers).isEmpty();
  }

  @Test
  void triesAgainToPutBackWhatTheJvmRefused() throws Exception {
    watch("group", NOTHING);
    doThrow(new OutOfMemoryError("no room")).when(instrumentation).retransformClasses(any());
    assertThat(watch.unwatch("group")).singleElement().asString().contains("no room");
    watch.putBackTheRest();
    assertThat(calls(Leavings.class)).isPositive();
    doAnswer(call -> retransform(call.getArgument(0)))
        .when(instrumentation)
        .retransformClasses(any(Class.class));
    watch.putBackTheRest();
    assertThat(calls(Leavings.class)).isZero();
    watch.putBackTheRest();
    verify(instrumentation, times(4)).retransformClasses(any(Class.class));
  }

  @Test
  void goesOnWithTheOthersWhereOneCannotBeWoven() {
    when(instrumentation.isModifiableClass(Leavings.class)).thenReturn(false);
    watch("group", NOTHING, OTHER);
    assertThat(calls(MethodWatchTest.class)).isPositive();
  }

  @Test
  void weavesNoClassThatIsLoadedMeanwhile() throws Exception {
    doAnswer(
            call -> {
              ClassFileTransformer ours = transformers.get(0);
              byte[] loaded = ClassFile.of(Leavings.class);
              assertThat(ours.transform(null, null, "x/Y", null, null, loaded)).isNull();
              assertThat(ours.transform(null, null, "x/Y", String.class, null, loaded)).isNull();
              return null;
            })
        .when(instrumentation)
        .retransformClasses(any(Class.class));
    assertThat(watch("group", NOTHING)).isEmpty();
  }

  @Test
  void keepsTheSourceFileOfWhatItWeaves() {
    watch("group", NOTHING);
    verify(frameFiles).keep(eq(Leavings.class), any());
  }

  @Test
  void weavesNothingWhereStackTracesWouldChange() throws Exception {
    when(frameFiles.prepare()).thenReturn("another JDK");
    assertThat(watch("group", NOTHING))
        .containsExactly("stack traces would lose file names: another JDK");
    verify(instrumentation, never()).retransformClasses(any(Class.class));
    assertThat(watch.unwatch("group")).isEmpty();
  }

  private List<String> watch(String group, StackTraceElement... frames) {
    return watch.watch(group, new Watched(Set.of(frames), Set.of(8080)));
  }

  private Void retransform(Class<?> type) throws Exception {
    byte[] now = ClassFile.of(type);
    for (ClassFileTransformer each : List.copyOf(transformers)) {
      byte[] changed = each.transform(null, null, type.getName(), type, null, now);
      now = changed == null ? now : changed;
    }
    live.put(type, now);
    return null;
  }

  private int calls(Class<?> type) {
    String text = new String(live.get(type), StandardCharsets.ISO_8859_1);
    return text.split("CloseWaitWatch", -1).length - text.split("CloseWaitWatchTest", -1).length;
  }

  private static StackTraceElement frame(Class<?> type, String method) {
    return new StackTraceElement(type.getName(), method, type.getSimpleName() + ".java", -1);
  }
}
