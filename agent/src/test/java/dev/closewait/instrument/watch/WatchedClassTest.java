package dev.closewait.instrument.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.CloseWaitWatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;

/** Weaves methods that are left in every way, and runs them. */
class WatchedClassTest {
  private static final String NAME = Leavings.class.getName();
  private static final int NO_LINE = -1;
  private static final byte[] ORIGINAL = ClassFile.of(Leavings.class);
  private static final Map<String, MethodNode> WOVEN = methods(wovenCompletely());

  private static byte[] wovenCompletely() {
    Set<StackTraceElement> all =
        methods(ORIGINAL).values().stream()
            .flatMap(WatchedClassTest::framesOf)
            .collect(Collectors.toSet());
    return weave(all);
  }

  static Stream<String> methodsWithCode() {
    return WOVEN.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("methodsWithCode")
  void callsAtEntryAtEachReturnAndWhereAnExceptionLeaves(String method) {
    MethodNode woven = WOVEN.get(method);
    assertThat(calls(woven)).filteredOn("entered"::equals).hasSize(1);
    assertThat(calls(woven)).filteredOn("returned"::equals).hasSize(returns(woven)).isNotEmpty();
    assertThat(calls(woven)).filteredOn("left"::equals).hasSize(1);
  }

  @Test
  void isSoundBytecode() {
    StringWriter complaints = new StringWriter();
    CheckClassAdapter.verify(
        new ClassReader(wovenCompletely()),
        Leavings.class.getClassLoader(),
        false,
        new PrintWriter(complaints));
    assertThat(complaints.toString()).isEmpty();
  }

  static Stream<Arguments> invocations() {
    return Stream.of(
        Arguments.of("nothing", new Object[] {}),
        Arguments.of("early", new Object[] {0}),
        Arguments.of("early", new Object[] {3}),
        Arguments.of("locked", new Object[] {2.5}),
        Arguments.of("locked", new Object[] {-1.0}),
        Arguments.of("afterFinally", new Object[] {4}),
        Arguments.of("afterFinally", new Object[] {-1}),
        Arguments.of("afterFinally", new Object[] {-9}),
        Arguments.of("endless", new Object[] {new int[] {50}}),
        Arguments.of("fromLambda", new Object[] {0}),
        Arguments.of("fromLambda", new Object[] {8}),
        Arguments.of("typed", new Object[] {"a", 5L, new String[] {"b"}}),
        Arguments.of("typed", new Object[] {null, 1L, new String[] {}}),
        Arguments.of("typed", new Object[] {3, 2L, new String[] {}}),
        Arguments.of("typed", new Object[] {3, 3L, new String[] {}}));
  }

  @ParameterizedTest
  @MethodSource("invocations")
  void doesWhatItDid(String method, Object... arguments) throws Exception {
    Class<?> woven = ClassFile.define(NAME, wovenCompletely());
    long before = CloseWaitWatch.calls();
    assertThat(outcome(woven, method, arguments))
        .isEqualTo(outcome(Leavings.class, method, copyOf(arguments)));
    assertThat(CloseWaitWatch.calls()).isGreaterThan(before);
  }

  @ParameterizedTest
  @MethodSource("constructed")
  void constructsWhatItDid(int argument, boolean succeeds) throws Exception {
    Class<?> woven = ClassFile.define(NAME, wovenCompletely());
    assertThat(constructionOf(woven, argument))
        .isEqualTo(constructionOf(Leavings.class, argument))
        .isEqualTo(succeeds ? "constructed" : constructionOf(Leavings.class, argument));
  }

  static Stream<Arguments> constructed() {
    return Stream.of(Arguments.of(2, true), Arguments.of(-2, false), Arguments.of(99, false));
  }

  @Test
  void watchesTheMethodOfTheLineAndNoOtherOfItsName() {
    MethodNode ofText = methods(ORIGINAL).get("overloaded(Ljava/lang/String;)I");
    Map<String, MethodNode> woven = methods(weave(framesOf(ofText).collect(Collectors.toSet())));
    assertThat(calls(woven.get("overloaded(Ljava/lang/String;)I"))).isNotEmpty();
    assertThat(calls(woven.get("overloaded(I)I"))).isEmpty();
  }

  @Test
  void leavesAllOtherMethodsAsTheyAre() {
    Map<String, MethodNode> woven = methods(weave(Set.of(frame("early", NO_LINE), line("early"))));
    assertThat(woven.entrySet())
        .filteredOn(method -> !calls(method.getValue()).isEmpty())
        .extracting(Map.Entry::getKey)
        .containsExactly("early(I)I");
    assertThat(woven.keySet()).isEqualTo(methods(ORIGINAL).keySet());
  }

  @Test
  void saysThatMethodIsNotThere() {
    WatchedClass.Woven woven = WatchedClass.weave(NAME, ORIGINAL, Set.of(frame("gone", 3)));
    assertThat(woven.classFile()).isNull();
    assertThat(woven.obstacles()).singleElement().asString().contains(NAME, "changed");
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void watchesNoMethodThatWouldBecomeTooLong(int returns, boolean watched) throws Exception {
    byte[] generated = ClassFile.withReturns("Generated", returns);
    WatchedClass.Woven woven =
        WatchedClass.weave("Generated", generated, Set.of(frame("Generated", "run", NO_LINE)));
    assertThat(woven.classFile() != null).isEqualTo(watched);
    assertThat(woven.obstacles()).hasSize(watched ? 0 : 1).allMatch(o -> o.contains("too long"));
  }

  /** Each return of the generated method takes 7 bytes, the calls before it 9. */
  static Stream<Arguments> lengths() {
    return Stream.of(
        Arguments.of(400, true),
        Arguments.of(600, false),
        Arguments.of(1_130, false),
        Arguments.of(1_300, true),
        Arguments.of(9_000, false));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void weavesClassFilesOfEveryVersion(int version) throws Exception {
    byte[] old = ClassFile.ofVersion("Old", version);
    WatchedClass.Woven woven = WatchedClass.weave("Old", old, Set.of(frame("Old", "run", NO_LINE)));
    assertThat(woven.obstacles()).isEmpty();
    byte[] classFile = requireNonNull(woven.classFile());
    assertThat(new ClassReader(classFile).readShort(6)).isEqualTo((short) version);
    Method run = ClassFile.define("Old", classFile).getDeclaredMethod("run", int.class);
    assertThat(run.invoke(null, 3)).isEqualTo(4);
    assertThat(run.invoke(null, 0)).isEqualTo(-1);
  }

  static Stream<Integer> versions() {
    return Stream.of(Opcodes.V1_2, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6, Opcodes.V1_8);
  }

  private static byte[] weave(Set<StackTraceElement> frames) {
    WatchedClass.Woven woven = WatchedClass.weave(NAME, ORIGINAL, frames);
    assertThat(woven.obstacles()).isEmpty();
    return requireNonNull(woven.classFile());
  }

  private static byte[] requireNonNull(byte @Nullable [] classFile) {
    assertThat(classFile).isNotNull();
    return classFile == null ? new byte[0] : classFile;
  }

  private static StackTraceElement line(String method) {
    return framesOf(
            methods(ORIGINAL).values().stream()
                .filter(node -> node.name.equals(method))
                .findFirst()
                .orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  private static StackTraceElement frame(String method, int line) {
    return frame(NAME, method, line);
  }

  private static StackTraceElement frame(String type, String method, int line) {
    return new StackTraceElement(type, method, "Leavings.java", line);
  }

  private static Stream<StackTraceElement> framesOf(MethodNode method) {
    return Arrays.stream(method.instructions.toArray())
        .filter(org.objectweb.asm.tree.LineNumberNode.class::isInstance)
        .map(node -> frame(method.name, ((org.objectweb.asm.tree.LineNumberNode) node).line));
  }

  private static Map<String, MethodNode> methods(byte[] classFile) {
    ClassNode node = new ClassNode();
    new ClassReader(classFile).accept(node, 0);
    return node.methods.stream()
        .filter(method -> method.instructions.size() > 0)
        .collect(Collectors.toMap(method -> method.name + method.desc, Function.identity()));
  }

  private static List<String> calls(@Nullable MethodNode method) {
    assertThat(method).isNotNull();
    return Stream.of(method.instructions.toArray())
        .filter(MethodInsnNode.class::isInstance)
        .map(MethodInsnNode.class::cast)
        .filter(call -> call.owner.equals("java/net/CloseWaitWatch"))
        .map(call -> call.name)
        .toList();
  }

  private static int returns(MethodNode method) {
    int returns = 0;
    for (AbstractInsnNode each : method.instructions) {
      returns += each.getOpcode() >= Opcodes.IRETURN && each.getOpcode() <= Opcodes.RETURN ? 1 : 0;
    }
    return returns;
  }

  private static Object[] copyOf(Object... arguments) {
    return Stream.of(arguments)
        .map(argument -> argument instanceof int[] counter ? new int[] {50} : argument)
        .toArray();
  }

  private static String outcome(Class<?> type, String name, Object... arguments) throws Exception {
    Method method =
        Stream.of(type.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    try {
      return "returned " + method.invoke(constructor.newInstance(), arguments);
    } catch (InvocationTargetException e) {
      return "threw " + e.getCause();
    }
  }

  private static String constructionOf(Class<?> type, int argument) throws Exception {
    Constructor<?> constructor = type.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    try {
      constructor.newInstance(argument);
      return "constructed";
    } catch (InvocationTargetException e) {
      return "threw " + e.getCause();
    }
  }
}
