package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;

/** Another agent, which puts the JDK's own bytes of one class back, whoever changed them. */
public final class UndoingAgent {
  private static final String UNDONE = "sun.nio.ch.SocketDispatcher";

  private UndoingAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation)
      throws ClassNotFoundException, IOException, UnmodifiableClassException {
    String file = UNDONE.replace('.', '/');
    try (InputStream in = Object.class.getResourceAsStream("/" + file + ".class")) {
      byte[] original = in.readAllBytes();
      instrumentation.addTransformer(new Undo(file, original), true);
    }
    instrumentation.retransformClasses(Class.forName(UNDONE));
  }

  private record Undo(String name, byte[] original) implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String className,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] classFile) {
      return name.equals(className) ? original.clone() : null;
    }
  }
}
