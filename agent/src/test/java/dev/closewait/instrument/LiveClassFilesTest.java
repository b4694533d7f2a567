package dev.closewait.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

class LiveClassFilesTest {
  private static final Class<?> OURS = LiveClassFilesTest.class;

  private final Instrumentation jvm = mock(Instrumentation.class);
  private final LiveClassFiles files = new LiveClassFiles(jvm);
  private final List<ClassFileTransformer> registered = new ArrayList<>();
  private byte @Nullable [] answered;

  @BeforeEach
  void behaveLikeTheJvm() throws Exception {
    when(jvm.getAllLoadedClasses())
        .thenReturn(new Class<?>[] {String.class, OURS, OURS.arrayType()});
    when(jvm.isModifiableClass(any()))
        .thenAnswer(call -> !call.getArgument(0, Class.class).isArray());
    doAnswer(call -> registered.add(call.getArgument(0)))
        .when(jvm)
        .addTransformer(any(), any(boolean.class));
    when(jvm.removeTransformer(any())).thenAnswer(call -> registered.remove(call.getArgument(0)));
    refuseChangeOfFlags();
  }

  private void refuseChangeOfFlags() throws Exception {
    doAnswer(
            call -> {
              answered = shown(call.getArgument(0));
              throw new UnsupportedOperationException("attempted to change the class modifiers");
            })
        .when(jvm)
        .retransformClasses(any());
  }

  @Test
  void readsClassFileAsTheJvmShowsIt() throws Exception {
    assertThat(files.read(OURS.getName())).containsExactly(classFile(OURS));
  }

  @Test
  void knowsWhichClassesAreExtended() {
    assertThat(files.isExtended(OURS.getName())).isFalse();
    when(jvm.getAllLoadedClasses()).thenReturn(new Class<?>[] {OURS, Extended.class});
    files.forget();
    assertThat(files.isExtended(OURS.getName())).isTrue();
    assertThat(files.isExtended(Extended.class.getName())).isFalse();
  }

  private static final class Extended extends LiveClassFilesTest {}

  @Test
  void leavesNoTransformerBehind() throws Exception {
    files.read(OURS.getName());
    assertThat(registered).isEmpty();
    verify(jvm).removeTransformer(any());
  }

  /** Others transform what we answer: it has to be a class file, with one flag that is refused. */
  @Test
  void asksForNothingButAnotherFlag() throws Exception {
    files.read(OURS.getName());
    ClassReader before = new ClassReader(classFile(OURS));
    ClassReader after = new ClassReader(Objects.requireNonNull(answered));
    assertThat(after.getAccess() ^ before.getAccess()).isEqualTo(Opcodes.ACC_SYNTHETIC);
    byte[] same = Objects.requireNonNull(answered).clone();
    same[after.header] ^= 0x10;
    assertThat(same).isEqualTo(classFile(OURS));
  }

  @Test
  void leavesClassesThatOthersLoadMeanwhileAlone() throws Exception {
    doAnswer(
            call -> {
              ClassFileTransformer ours = registered.get(0);
              byte[] loading = classFile(List.class);
              assertThat(ours.transform(null, null, "java/util/List", null, null, loading))
                  .isNull();
              throw new UnsupportedOperationException("");
            })
        .when(jvm)
        .retransformClasses(any());
    assertThatThrownBy(() -> files.read(OURS.getName()))
        .isInstanceOf(LiveClassFiles.RefusedException.class);
  }

  @Test
  void saysWhyTheJvmRefuses() throws Exception {
    doAnswer(
            call -> {
              throw new UnmodifiableClassException("not this one");
            })
        .when(jvm)
        .retransformClasses(any());
    assertThatThrownBy(() -> files.read(OURS.getName())).hasMessageContaining("not this one");
    assertThat(registered).isEmpty();
  }

  @Test
  void neverAsksForTheJdkNorForArrays() throws Exception {
    assertThat(files.read("java.lang.String")).isEmpty();
    assertThat(files.read(OURS.arrayType().getName())).isEmpty();
    verify(jvm, never()).retransformClasses(any());
  }

  @Test
  void neverAsksForWhatCannotBeModified() throws Exception {
    when(jvm.isModifiableClass(OURS)).thenReturn(false);
    assertThat(files.read(OURS.getName())).isEmpty();
    verify(jvm, never()).retransformClasses(any());
  }

  @Test
  void knowsNoOtherName() throws Exception {
    assertThat(files.read("com.acme.Nowhere")).isEmpty();
  }

  @Test
  void looksForLoadedClassesOnceScan() throws Exception {
    files.read("com.acme.Nowhere");
    files.read(OURS.getName());
    verify(jvm).getAllLoadedClasses();
    files.forget();
    files.read(OURS.getName());
    verify(jvm, times(2)).getAllLoadedClasses();
  }

  private byte @Nullable [] shown(Class<?> type) throws Exception {
    return registered.get(0).transform(null, null, type.getName(), type, null, classFile(type));
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    String name = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }
}
