package dev.closewait.startup;

import java.lang.invoke.MethodHandles;
import java.net.Socket;

/** Runs as a copy in a loader of its own, the only one to which {@code java.net} is opened. */
public final class RuntimeDefiner {
  private RuntimeDefiner() {}

  /** Defines one class of {@code java.net} in {@code java.base}. */
  public static void define(byte[] classFile) throws IllegalAccessException {
    MethodHandles.privateLookupIn(Socket.class, MethodHandles.lookup()).defineClass(classFile);
  }
}
