package dev.closewait.instrument.netty;

import dev.closewait.instrument.arrival.ArrivalTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * A loader with a copy of Netty of its own, woven, and moved to another package if one is given.
 */
final class WovenNetty extends ClassLoader {
  private static final String NETTY = "io.netty";

  private final String copy;
  final List<String> woven = new ArrayList<>();

  /**
   * @param copy the package that stands for {@code io.netty}, as long as that or longer
   */
  WovenNetty(String copy) {
    super(WovenNetty.class.getClassLoader());
    this.copy = copy;
  }

  /** A class of this copy by its name in the original. */
  Class<?> type(String original) throws ClassNotFoundException {
    return loadClass(copy + original.substring(NETTY.length()));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      return name.startsWith(copy + ".") ? define(name) : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String original = NETTY + name.substring(copy.length());
    byte[] classFile = moved(classFile(original));
    for (ArrivalTarget target : NettyTargets.all()) {
      byte[] changed = target.isNamed(name) ? target.weave(name, classFile, this) : null;
      if (changed != null) {
        woven.add(original);
        return defineClass(name, changed, 0, changed.length);
      }
    }
    return defineClass(name, classFile, 0, classFile.length);
  }

  static byte[] classFile(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = WovenNetty.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] moved(byte[] classFile) {
    if (copy.equals(NETTY)) {
      return classFile;
    }
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile).accept(new ClassRemapper(writer, new Mover()), 0);
    return writer.toByteArray();
  }

  private final class Mover extends Remapper {
    Mover() {
      super(org.objectweb.asm.Opcodes.ASM9);
    }

    @Override
    public String map(String internalName) {
      return internalName.startsWith("io/netty/")
          ? copy.replace('.', '/') + internalName.substring(NETTY.length())
          : internalName;
    }
  }
}
