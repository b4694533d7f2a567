package dev.closewait.instrument.hook;

import static dev.closewait.instrument.JdkClassFiles.FEATURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.instrument.JdkClassFiles;
import dev.closewait.instrument.hook.HookedClass.Woven;
import dev.closewait.instrument.jdk.JdkHooks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.CheckClassAdapter;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Weaves the class files of the JDK that runs the tests. */
class HookedClassTest {
  private static final String RUNTIME_HALF = "java/net/CloseWait";
  private static final int MAJOR_VERSION_OFFSET = 7;
  private static final byte NEWER_THAN_THIS_ASM = 99;

  static Stream<String> owners() {
    return JdkHooks.forFeature(FEATURE).stream().map(Hook::owner).distinct();
  }

  @ParameterizedTest
  @MethodSource("owners")
  void hasAllItsHooksAfterwardsAndNoneBefore(String owner) {
    byte[] original = JdkClassFiles.read(owner);
    Woven woven = weave(owner);
    assertThat(woven.missing()).isEmpty();
    assertThat(hooksOf(owner)).isNotEmpty().noneMatch(hook -> isCalled(hook, original));
    assertThat(hooksOf(owner).stream().filter(Hook::isRequired))
        .allMatch(hook -> isCalled(hook, woven.classFile()));
  }

  @Test
  void seesTheReturnOfBlockingAcceptWhateverTheJdkCallsIt() {
    byte[] woven = weave("java/net/Socket").classFile();
    assertThat(hooksOf("java/net/Socket")).hasSize(2).anyMatch(hook -> isCalled(hook, woven));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void isSoundBytecode(String owner) {
    StringWriter complaints = new StringWriter();
    CheckClassAdapter.verify(
        new ClassReader(weave(owner).classFile()),
        ClassLoader.getPlatformClassLoader(),
        false,
        new PrintWriter(complaints));
    assertThat(complaints.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("owners")
  void keepsAllOtherMethodsAsTheyAre(String owner) {
    Map<String, String> before = methods(JdkClassFiles.read(owner));
    Map<String, String> after = methods(weave(owner).classFile());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before
        .keySet()
        .removeIf(method -> hooksOf(owner).stream().anyMatch(hook -> isIn(hook, method)));
    assertThat(before).isNotEmpty();
    assertThat(after).containsAllEntriesOf(before);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void addsCallsAndNothingElse(String owner) {
    ClassNode before = read(JdkClassFiles.read(owner));
    ClassNode after = read(weave(owner).classFile());
    assertThat(after.fields).hasSameSizeAs(before.fields);
    assertThat(after.interfaces).isEqualTo(before.interfaces);
    assertThat(after.superName).isEqualTo(before.superName);
    for (int i = 0; i < before.methods.size(); i++) {
      assertThat(foreignCalls(after.methods.get(i))).isEqualTo(foreignCalls(before.methods.get(i)));
      assertThat(after.methods.get(i).maxLocals).isEqualTo(before.methods.get(i).maxLocals);
    }
  }

  @ParameterizedTest
  @MethodSource("owners")
  void isWovenAlsoWhereTheJdkIsNewerThanTheBytecodeLibrary(String owner) {
    byte[] newer = JdkClassFiles.read(owner);
    newer[MAJOR_VERSION_OFFSET] = NEWER_THAN_THIS_ASM;
    Woven woven = HookedClass.weave(owner, newer, hooksOf(owner));
    assertThat(woven.missing()).isEmpty();
    assertThat(woven.classFile()[MAJOR_VERSION_OFFSET]).isEqualTo(NEWER_THAN_THIS_ASM);
  }

  @ParameterizedTest
  @MethodSource("owners")
  void leavesTheBytesItWasGivenAlone(String owner) {
    byte[] given = JdkClassFiles.read(owner);
    HookedClass.weave(owner, given, hooksOf(owner));
    assertThat(given).isEqualTo(JdkClassFiles.read(owner));
  }

  @Test
  void tellsWhichMethodsTheClassDoesNotHave() {
    List<Hook> ofAnother = hooksOf("sun/nio/ch/NioSocketImpl");
    byte[] dispatcher = JdkClassFiles.read("sun/nio/ch/SocketDispatcher");
    assertThat(HookedClass.weave("sun/nio/ch/SocketDispatcher", dispatcher, ofAnother).missing())
        .isEqualTo(ofAnother);
  }

  @Test
  void callsBeforeEveryReturnAndWhereAnExceptionLeaves() {
    MethodNode read =
        read(weave("sun/nio/ch/SocketDispatcher").classFile()).methods.stream()
            .filter(method -> method.name.equals("read"))
            .findFirst()
            .orElseThrow();
    int returns = 0;
    for (AbstractInsnNode each : read.instructions) {
      returns += each.getOpcode() == Opcodes.IRETURN ? 1 : 0;
    }
    List<String> hooks = ourCalls(read).stream().filter(call -> call.equals("read")).toList();
    assertThat(hooks).hasSize(returns).isNotEmpty();
    assertThat(ourCalls(read)).filteredOn("transferFailed"::equals).hasSize(1);
    assertThat(read.tryCatchBlocks).anyMatch(block -> block.type.equals("java/lang/Throwable"));
  }

  private static Woven weave(String owner) {
    return HookedClass.weave(owner, JdkClassFiles.read(owner), hooksOf(owner));
  }

  private static List<Hook> hooksOf(String owner) {
    return JdkHooks.forFeature(FEATURE).stream()
        .filter(hook -> hook.owner().equals(owner))
        .toList();
  }

  private static boolean isCalled(Hook hook, byte[] classFile) {
    return read(classFile).methods.stream()
        .filter(method -> hook.place().is(method.name, method.desc))
        .anyMatch(method -> ourCalls(method).contains(hook.call().hook()));
  }

  private static boolean isIn(Hook hook, String method) {
    int end = method.indexOf('(');
    return hook.place().is(method.substring(0, end), method.substring(end));
  }

  private static ClassNode read(byte[] classFile) {
    ClassNode node = new ClassNode();
    new ClassReader(classFile).accept(node, 0);
    return node;
  }

  /** The text of each method by name and descriptor. */
  private static Map<String, String> methods(byte[] classFile) {
    Map<String, String> methods = new TreeMap<>();
    for (MethodNode method : read(classFile).methods) {
      Textifier text = new Textifier();
      method.accept(new TraceMethodVisitor(text));
      methods.put(method.name + method.desc, text.getText().toString());
    }
    return methods;
  }

  private static List<String> ourCalls(MethodNode method) {
    return calls(method)
        .filter(call -> call.owner.startsWith(RUNTIME_HALF))
        .map(call -> call.name)
        .toList();
  }

  private static List<String> foreignCalls(MethodNode method) {
    return calls(method)
        .filter(call -> !call.owner.startsWith(RUNTIME_HALF))
        .map(call -> call.owner + "." + call.name + call.desc)
        .toList();
  }

  private static Stream<MethodInsnNode> calls(MethodNode method) {
    return Stream.of(method.instructions.toArray())
        .filter(MethodInsnNode.class::isInstance)
        .map(MethodInsnNode.class::cast);
  }
}
