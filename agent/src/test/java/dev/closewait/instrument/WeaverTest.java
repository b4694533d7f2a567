package dev.closewait.instrument;

import static dev.closewait.instrument.JdkClassFiles.FEATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a JVM that runs all transformers, in their order, over the class files of the real one. */
class WeaverTest {
  private static final String DISPATCHER = "sun/nio/ch/SocketDispatcher";
  private static final byte[] NO_CLASS_FILE = {};

  private final Instrumentation instrumentation = mock(Instrumentation.class);
  private final List<ClassFileTransformer> transformers = new ArrayList<>();
  private final Map<String, byte[]> classFiles = new HashMap<>();
  private final Weaver weaver = new Weaver(instrumentation, mock(FrameFiles.class), FEATURE);

  @BeforeEach
  void runTransformers() throws Exception {
    doAnswer(call -> transformers.add(call.getArgument(0)))
        .when(instrumentation)
        .addTransformer(any(), anyBoolean());
    when(instrumentation.removeTransformer(any()))
        .thenAnswer(call -> transformers.remove(call.<ClassFileTransformer>getArgument(0)));
    when(instrumentation.getInitiatedClasses(null)).thenReturn(new Class<?>[0]);
    doAnswer(
            call -> {
              for (Object type : call.getArguments()) {
                retransform((Class<?>) type);
              }
              return null;
            })
        .when(instrumentation)
        .retransformClasses(any(Class[].class));
  }

  @Test
  void hasNoProblemsWithThisJdk() {
    weaver.weave();
    assertThat(weaver.problems()).isEmpty();
    assertThat(classFiles.get(DISPATCHER)).isNotEqualTo(JdkClassFiles.read(DISPATCHER));
  }

  @Test
  void weavesAllInOneBatch() throws Exception {
    weaver.weave();
    verify(instrumentation, times(1)).retransformClasses(any(Class[].class));
    assertThat(classFiles).containsKeys(DISPATCHER, "java/net/Socket");
  }

  @Test
  void isRegisteredNoLongerThanItWeaves() throws Exception {
    weaver.weave();
    assertThat(transformers).isEmpty();
    verify(instrumentation).addTransformer(weaver, true);
  }

  @Test
  void tellsClassThatCannotBeRead() {
    classFiles.put(DISPATCHER, NO_CLASS_FILE);
    weaver.weave();
    assertThat(weaver.problems())
        .singleElement()
        .asString()
        .startsWith("not instrumented: sun.nio.ch.SocketDispatcher: ");
  }

  @Test
  void tellsThatTheJvmRefused() throws Exception {
    doThrow(new UnsupportedOperationException("class redefinition failed"))
        .when(instrumentation)
        .retransformClasses(any(Class[].class));
    weaver.weave();
    assertThat(weaver.problems())
        .singleElement()
        .asString()
        .matches(".*refused.*class redefinition failed.*");
  }

  /** Where the list of hooks and the JDK are of different versions, the difference is said. */
  @Test
  void tellsWhatThisJdkLacksOfAnother() {
    Weaver other = new Weaver(instrumentation, mock(FrameFiles.class), FEATURE < 21 ? 21 : 17);
    other.weave();
    assertThat(other.problems())
        .singleElement()
        .isEqualTo(
            FEATURE < 21
                ? "not in this JDK: class sun.nio.ch.UnixDispatcher"
                : "hook missing: sun.nio.ch.SocketDispatcher.close does not call closing;"
                    + " connections may go unseen");
  }

  @Test
  void takesProblemBackWhenTheClassIsWovenAfterAll() throws Exception {
    classFiles.put(DISPATCHER, NO_CLASS_FILE);
    weaver.weave();
    transform(weaver, null, DISPATCHER);
    assertThat(weaver.problems()).isEmpty();
  }

  @Test
  void weavesClassThatIsLoadedLater() throws Exception {
    assertThat(transform(weaver, null, "sun/nio/ch/AsynchronousSocketChannelImpl")).isNotNull();
  }

  @Test
  void leavesForeignClassesOfTheSameNameAlone() throws Exception {
    assertThat(transform(weaver, getClass().getClassLoader(), DISPATCHER)).isNull();
  }

  @Test
  void leavesAllOtherClassesAlone() throws Exception {
    assertThat(transform(weaver, null, "java/lang/String")).isNull();
  }

  /** In this JVM the class loaders have no hooks, as if another agent had undone them each time. */
  @Test
  void weavesAgainSomeTimesWhenTheHooksOfClassLoadersAreUndone() throws Exception {
    for (int i = 0; i < 10; i++) {
      weaver.keepDefinitions();
    }
    verify(instrumentation, times(3)).retransformClasses(any(Class[].class));
    assertThat(weaver.problemsNow()).anyMatch(problem -> problem.contains("java.lang.ClassLoader"));
  }

  @Test
  void restoresTheOriginalBytes() {
    weaver.weave();
    weaver.remove();
    assertThat(transformers).isEmpty();
    assertThat(classFiles.get(DISPATCHER)).isEqualTo(JdkClassFiles.read(DISPATCHER));
  }

  private void retransform(Class<?> type) throws Exception {
    String name = type.getName().replace('.', '/');
    byte[] given = classFiles.get(name);
    byte[] now = given != null && given.length == 0 ? given : JdkClassFiles.read(name);
    for (ClassFileTransformer each : List.copyOf(transformers)) {
      byte[] changed = each.transform(null, null, name, type, null, now);
      now = changed == null ? now : changed;
    }
    classFiles.put(name, now);
  }

  private static byte[] transform(ClassFileTransformer weaver, ClassLoader loader, String name)
      throws IllegalClassFormatException {
    ProtectionDomain none = null;
    return weaver.transform(null, loader, name, null, none, JdkClassFiles.read(name));
  }
}
