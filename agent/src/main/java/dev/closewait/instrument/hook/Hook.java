package dev.closewait.instrument.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that is woven into one method.
 *
 * @param edge where in the method the call stands
 * @param features the versions of Java that have the method
 */
public record Hook(Place place, Edge edge, Call call, Features features) {

  /** Internal name of the class that the woven code of the JDK calls. */
  public static final String HOOKS = "java/net/CloseWaitHooks";

  /**
   * A method.
   *
   * @param owner internal name of the class that declares it
   * @param descriptor null where it differs between versions and the name is unique
   */
  public record Place(String owner, String method, @Nullable String descriptor) {

    public boolean is(String name, String methodDescriptor) {
      return method.equals(name) && (descriptor == null || descriptor.equals(methodDescriptor));
    }

    /** As a person reads it: {@code sun.nio.ch.SocketDispatcher.read}. */
    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + method;
    }
  }

  /**
   * A call of a static method of the runtime half that returns nothing.
   *
   * @param owner internal name of the class that is called
   * @param operands what is passed, in order
   */
  public record Call(String owner, String hook, String descriptor, List<Operand> operands) {}

  /**
   * Feature versions of Java, both included.
   *
   * @param required false when another hook does the same on some of them, so that its absence is
   *     no defect
   */
  public record Features(int since, int until, boolean required) {}

  /** Where a call stands. */
  public enum Edge {
    /** In a constructor only without {@link Operand#THIS}: the object is not initialised yet. */
    ENTRY,
    RETURN,
    /** Not in a constructor. */
    THROW,
    /**
     * At the entry of {@code ClassLoader.defineClass}, where the call replaces the class file that
     * is to be defined.
     */
    DEFINITION
  }

  /**
   * What a call passes; a result or exception comes first.
   *
   * @param index of a parameter, from 0; the value of a number
   * @param member name of a field or method of {@code this}, or of a superclass in sight
   * @param descriptor of that member
   */
  public record Operand(Kind kind, int index, String member, String descriptor) {
    /** The value that the method returns. */
    public static final Operand RESULT = new Operand(Kind.RESULT, 0, "", "");

    /** The exception that leaves the method. */
    public static final Operand THROWN = new Operand(Kind.THROWN, 0, "", "");

    public static final Operand THIS = new Operand(Kind.THIS, 0, "", "");

    /** The first parameter. */
    public static final Operand ARGUMENT = argument(0);

    /** What an operand is. */
    enum Kind {
      RESULT,
      THROWN,
      THIS,
      ARGUMENT,
      FIELD,
      METHOD,
      NUMBER
    }

    public static Operand argument(int index) {
      return new Operand(Kind.ARGUMENT, index, "", "");
    }

    /** An int that is known when the method is woven. */
    public static Operand number(int value) {
      return new Operand(Kind.NUMBER, value, "", "");
    }

    public static Operand field(String name, String descriptor) {
      return new Operand(Kind.FIELD, 0, name, descriptor);
    }

    /** What a method without parameters returns; it must neither throw nor do anything else. */
    public static Operand method(String name, String descriptor) {
      return new Operand(Kind.METHOD, 0, name, descriptor);
    }

    /** The same member with its descriptor in another copy of the library. */
    public Operand withDescriptor(String other) {
      return new Operand(kind, index, member, other);
    }
  }

  /** Internal name of the class that is woven. */
  public String owner() {
    return place.owner();
  }

  public boolean isFor(int feature) {
    return features.since() <= feature && feature <= features.until();
  }

  public boolean isRequired() {
    return features.required();
  }

  /** What is missing without it, for the agent's health. */
  public String describe() {
    return place + " does not call " + call.hook();
  }
}
