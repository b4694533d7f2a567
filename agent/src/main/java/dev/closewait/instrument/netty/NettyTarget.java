package dev.closewait.instrument.netty;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Call;
import dev.closewait.instrument.hook.Hook.Operand;
import dev.closewait.instrument.hook.Hook.Place;
import dev.closewait.instrument.hook.HookedClass;
import dev.closewait.instrument.hook.HookedClass.Woven;
import java.net.CloseWaitNetty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of Netty, in whatever package a copy of Netty was moved to.
 *
 * <p>The names in it are for any copy: {@code ~} stands for the package that it was moved to,
 * {@code io/netty} in the original. Nothing is woven but a class of the very shape: Apache MINA
 * SSHD, Netty 3 and Netty 5 have classes of the same simple names.
 *
 * @param suffix of the class name, from the package inside the copy on: {@code
 *     channel.AbstractChannel}
 * @param superclass internal name; null for any
 * @param members that the class declares, each with its descriptor
 * @param hooks without an owner, and with {@code ~} in their descriptors
 */
record NettyTarget(
    String suffix, @Nullable String superclass, List<String> members, List<Hook> hooks)
    implements ArrivalTarget {

  @Override
  public String simpleName() {
    return suffix.substring(suffix.lastIndexOf('.') + 1);
  }

  @Override
  public boolean isNamed(String className) {
    return className.endsWith(suffix)
        && className.length() > suffix.length()
        && className.charAt(className.length() - suffix.length() - 1) == '.';
  }

  @Override
  public byte @Nullable [] weave(String className, byte[] classFile, @Nullable ClassLoader loader) {
    String owner = className.replace('.', '/');
    String copy = owner.substring(0, owner.length() - suffix.length() - 1);
    if (!isNetty(ClassShape.of(classFile), copy)) {
      return null;
    }
    if (!seesHooks(loader)) {
      throw new IllegalStateException("its class loader does not find java.net.CloseWaitNetty");
    }
    Woven woven = HookedClass.weave(owner, classFile, hooksOf(owner, copy));
    if (!woven.missing().isEmpty()) {
      throw new IllegalStateException(woven.missing().get(0).describe());
    }
    return woven.classFile();
  }

  private boolean isNetty(ClassShape shape, String copy) {
    if (superclass != null && !shape.superclass().equals(superclass.replace("~", copy))) {
      return false;
    }
    for (String member : members) {
      if (!shape.declares(member.replace("~", copy))) {
        return false;
      }
    }
    return true;
  }

  private List<Hook> hooksOf(String owner, String copy) {
    List<Hook> ofCopy = new ArrayList<>();
    for (Hook hook : hooks) {
      Place place = hook.place();
      String descriptor = place.descriptor();
      Call call = hook.call();
      List<Operand> operands = new ArrayList<>();
      for (Operand operand : call.operands()) {
        operands.add(operand.withDescriptor(operand.descriptor().replace("~", copy)));
      }
      ofCopy.add(
          new Hook(
              new Place(
                  owner, place.method(), descriptor == null ? null : descriptor.replace("~", copy)),
              hook.edge(),
              new Call(call.owner(), call.hook(), call.descriptor(), operands),
              hook.features()));
    }
    return ofCopy;
  }

  /**
   * Every loader that was tried delegates {@code java.*}; one that does not would throw into the
   * application at the first channel. It is asked for no class but this, as it will be anyway when
   * the woven class is linked.
   */
  private static boolean seesHooks(@Nullable ClassLoader loader) {
    try {
      return Class.forName(CloseWaitNetty.class.getName(), false, loader) == CloseWaitNetty.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
