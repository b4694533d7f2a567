package dev.closewait.instrument;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Call;
import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Features;
import dev.closewait.instrument.hook.Hook.Operand;
import dev.closewait.instrument.hook.Hook.Place;
import dev.closewait.instrument.hook.HookedClass;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.CloseWaitSourceFiles;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Keeps the stack traces of the application as they are while classes are retransformed whose
 * methods may be running: HotSpot forgets the source file of such calls (see {@code
 * CloseWaitSourceFiles}).
 *
 * <p>{@code StackTraceElement} is woven when that is about to happen for the first time: a JVM in
 * which nothing is retransformed once {@code main} runs pays nothing. It stays woven, since a run
 * loop may never return.
 *
 * <p>{@code keep} is called by whatever thread retransforms; the rest by the thread that starts the
 * agent and by the scanner, never by both at once.
 */
public final class FrameFiles {
  private static final String NOT_POSSIBLE = "this JDK keeps no source files for running calls";

  private static final String FRAME = "java/lang/StackTraceElement";

  private static final Hook HOOK =
      new Hook(
          new Place(FRAME, "computeFormat", "()V"),
          Edge.ENTRY,
          new Call(
              "java/net/CloseWaitSourceFiles",
              "complete",
              "(Ljava/lang/StackTraceElement;)V",
              List.of(Operand.THIS)),
          new Features(17, Integer.MAX_VALUE, true));

  private final Instrumentation instrumentation;
  private volatile boolean woven;

  public FrameFiles(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * To be called before running classes are retransformed; what is in the way of their stack
   * traces, or null.
   */
  public @Nullable String prepare() {
    if (woven) {
      return null;
    }
    return CloseWaitSourceFiles.arePossible() ? weave() : NOT_POSSIBLE;
  }

  /**
   * To be called while a class is retransformed, before what is running in it is old.
   *
   * @param classFile of the class, as it was loaded or woven
   */
  public void keep(Class<?> type, byte[] classFile) {
    if (woven) {
      String file = sourceFile(classFile);
      if (file != null) {
        CloseWaitSourceFiles.keep(type, file);
      }
    }
  }

  /** What was in the way, which may not be so the next time; or null. */
  private @Nullable String weave() {
    Weaving weaving = new Weaving();
    instrumentation.addTransformer(weaving, true);
    try {
      instrumentation.retransformClasses(StackTraceElement.class);
      woven = weaving.isDone;
      return woven ? null : NOT_POSSIBLE;
    } catch (UnmodifiableClassException | LinkageError | UnsupportedOperationException e) {
      return "the JVM refused to retransform StackTraceElement: " + e;
    } finally {
      instrumentation.removeTransformer(weaving);
    }
  }

  private static @Nullable String sourceFile(byte[] classFile) {
    Source source = new Source();
    HookedClass.reader(classFile).accept(source, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
    return source.file;
  }

  private static final class Source extends ClassVisitor {
    @Nullable String file;

    Source() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      file = source;
    }
  }

  private static final class Weaving implements ClassFileTransformer {
    volatile boolean isDone;

    @Override
    public byte @Nullable [] transform(
        @Nullable Module module,
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> redefined,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      if (redefined != StackTraceElement.class) {
        return null;
      }
      try {
        HookedClass.Woven woven = HookedClass.weave(FRAME, classFile, List.of(HOOK));
        isDone = woven.missing().isEmpty();
        return isDone ? woven.classFile() : null;
      } catch (Throwable t) {
        return null;
      }
    }
  }
}
