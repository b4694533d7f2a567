package dev.closewait.instrument.jdk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that is woven into one method of the JDK.
 *
 * @param edge where in the method the call stands
 * @param features the versions of Java that have the method
 */
public record JdkHook(Place place, Edge edge, Call call, Features features) {

  /** Internal name of the class that all woven code calls. */
  public static final String HOOKS = "java/net/CloseWaitHooks";

  /**
   * A method of the JDK.
   *
   * @param owner internal name of the class that declares it
   * @param descriptor null where it differs between versions and the name is unique
   */
  record Place(String owner, String method, @Nullable String descriptor) {

    boolean is(String name, String methodDescriptor) {
      return method.equals(name) && (descriptor == null || descriptor.equals(methodDescriptor));
    }

    /** As a person reads it: {@code sun.nio.ch.SocketDispatcher.read}. */
    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + method;
    }
  }

  /**
   * A call of a method of {@code java.net.CloseWaitHooks}.
   *
   * @param operands what is passed, in order
   */
  record Call(String hook, String descriptor, List<Operand> operands) {}

  /**
   * Feature versions of Java, both included.
   *
   * @param required false when another hook does the same on some of them, so that its absence is
   *     no defect
   */
  record Features(int since, int until, boolean required) {}

  /** Where a call stands. */
  enum Edge {
    ENTRY,
    RETURN,
    THROW
  }

  /** What a call passes; a result or exception comes first. */
  enum Operand {
    /** The value that the method returns. */
    RESULT,
    /** The exception that leaves the method. */
    THROWN,
    THIS,
    /** The first parameter, a reference. */
    ARGUMENT,
    /** The field {@code impl} of a {@code java.net.Socket}. */
    SOCKET_IMPL
  }

  /** Internal name of the class that is woven. */
  public String owner() {
    return place.owner();
  }

  boolean isFor(int feature) {
    return features.since() <= feature && feature <= features.until();
  }

  boolean isRequired() {
    return features.required();
  }

  /** What is missing without it, for the agent's health. */
  public String describe() {
    return place + " does not call " + call.hook();
  }
}
