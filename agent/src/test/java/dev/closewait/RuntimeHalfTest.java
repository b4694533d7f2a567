package dev.closewait;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * What application threads run inside the JDK: read from the bytecode, since the compiler adds its
 * own.
 */
class RuntimeHalfTest {
  private static final Path CLASSES = Path.of(System.getProperty("closewait.runtime-classes"));

  /** Any class may use these; {@code String +} needs one of the first two, or invokedynamic. */
  private static final Set<String> FORBIDDEN_TYPES =
      Set.of(
          "java/lang/StringBuilder",
          "java/lang/StringBuffer",
          "java/lang/ThreadLocal",
          "java/util/logging/Logger",
          "java/util/concurrent/locks/ReentrantLock",
          "java/util/concurrent/locks/LockSupport");

  static List<Path> classFiles() throws IOException {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("classFiles")
  void livesInJavaNetUnderItsOwnPrefix(Path classFile) {
    assertThat(CLASSES.relativize(classFile).toString())
        .matches("java/net/CloseWait\\w+(\\$\\w+)*\\.class|java/net/NettyHooks(\\$\\w+)*\\.class");
  }

  @ParameterizedTest
  @MethodSource("classFiles")
  void usesJdkTypesThatHooksMayUse(Path classFile) throws IOException {
    assertThat(typesOf(classFile))
        .isNotEmpty()
        .allMatch(
            type ->
                type.startsWith("java/")
                    || type.startsWith("jdk/internal/")
                    || type.startsWith("sun/"))
        .doesNotContainAnyElementsOf(FORBIDDEN_TYPES);
  }

  @ParameterizedTest
  @MethodSource("classFiles")
  void hasNoMonitorNoLambdaAndNoStringPlus(Path classFile) throws IOException {
    assertThat(forbiddenCodeOf(classFile)).isEmpty();
  }

  private static Set<String> typesOf(Path classFile) throws IOException {
    Set<String> types = new TreeSet<>();
    Remapper collector =
        new Remapper(Opcodes.ASM9) {
          @Override
          public String map(String internalName) {
            types.add(internalName);
            return internalName;
          }
        };
    new ClassReader(Files.readAllBytes(classFile))
        .accept(new ClassRemapper(new ClassWriter(0), collector), 0);
    return types;
  }

  private static List<String> forbiddenCodeOf(Path classFile) throws IOException {
    ForbiddenCode found = new ForbiddenCode();
    new ClassReader(Files.readAllBytes(classFile)).accept(found, ClassReader.SKIP_DEBUG);
    return found.places;
  }

  /** Collects the methods that lock or that need a bootstrap method. */
  private static final class ForbiddenCode extends ClassVisitor {
    final List<String> places = new ArrayList<>();

    ForbiddenCode() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
        places.add(name + ": synchronized");
      }
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInsn(int opcode) {
          if (opcode == Opcodes.MONITORENTER) {
            places.add(name + ": monitorenter");
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String calledDescriptor, Handle bootstrap, Object... arguments) {
          places.add(name + ": invokedynamic " + called);
        }
      };
    }
  }
}
