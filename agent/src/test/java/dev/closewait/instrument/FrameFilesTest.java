package dev.closewait.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.net.CloseWaitSourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a JVM that shows its own class file of {@code StackTraceElement}. */
class FrameFilesTest {
  private static final String FRAME = "java/lang/StackTraceElement";

  private final Instrumentation instrumentation = mock(Instrumentation.class);
  private final List<ClassFileTransformer> transformers = new ArrayList<>();
  private final FrameFiles frameFiles = new FrameFiles(instrumentation);
  private byte[] shown = JdkClassFiles.read(FRAME);
  private byte @Nullable [] woven;

  @BeforeEach
  void runTransformers() throws Exception {
    doAnswer(call -> transformers.add(call.getArgument(0)))
        .when(instrumentation)
        .addTransformer(any(), anyBoolean());
    when(instrumentation.removeTransformer(any()))
        .thenAnswer(call -> transformers.remove(call.<ClassFileTransformer>getArgument(0)));
    doAnswer(
            call -> {
              woven =
                  transformers
                      .get(0)
                      .transform(null, null, FRAME, StackTraceElement.class, null, shown);
              return null;
            })
        .when(instrumentation)
        .retransformClasses(StackTraceElement.class);
  }

  @Test
  void weavesStackTraceElementOnce() throws Exception {
    assertThat(frameFiles.prepare()).isNull();
    assertThat(frameFiles.prepare()).isNull();
    assertThat(new String(woven, StandardCharsets.ISO_8859_1))
        .contains("java/net/CloseWaitSourceFiles", "complete");
    assertThat(transformers).isEmpty();
    verify(instrumentation, times(1)).retransformClasses(any(Class[].class));
  }

  @Test
  void saysThatTheJvmRefused() throws Exception {
    doThrow(new UnsupportedOperationException("no"))
        .when(instrumentation)
        .retransformClasses(any());
    assertThat(frameFiles.prepare()).contains("refused", "no");
    assertThat(transformers).isEmpty();
  }

  @Test
  void saysThatTheJdkHasNoSuchMethod() {
    shown = JdkClassFiles.read("java/lang/Object");
    assertThat(frameFiles.prepare()).isEqualTo("this JDK keeps no source files for running calls");
    assertThat(woven).isNull();
  }

  @Test
  void leavesClassesAloneThatAreLoadedMeanwhile() throws Exception {
    doAnswer(
            call -> {
              ClassFileTransformer ours = transformers.get(0);
              assertThat(ours.transform(null, null, FRAME, null, null, shown)).isNull();
              assertThat(ours.transform(null, null, FRAME, String.class, null, shown)).isNull();
              return null;
            })
        .when(instrumentation)
        .retransformClasses(StackTraceElement.class);
    assertThat(frameFiles.prepare()).isNotNull();
  }

  @Test
  void keepsNothingBeforeItIsAskedTo() throws Exception {
    frameFiles.keep(String.class, JdkClassFiles.read("java/lang/String"));
    verify(instrumentation, never()).retransformClasses(any(Class[].class));
  }

  @Test
  void leavesFrameAloneThatIsComplete() {
    StackTraceElement frame = new StackTraceElement("a.B", "c", null, 7);
    CloseWaitSourceFiles.complete(frame);
    assertThat(frame).hasToString("a.B.c(Unknown Source)");
  }
}
