package dev.closewait.instrument.client;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.library.ClientLibraries;
import dev.closewait.library.LibraryMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes of all client libraries that have a method to weave. */
public final class LibraryTargets {
  private LibraryTargets() {}

  public static List<ArrivalTarget> of(ClientLibraries libraries) {
    Map<String, List<LibraryMethod>> byClass = new LinkedHashMap<>();
    for (LibraryMethod method : libraries.methods()) {
      List<LibraryMethod> ofClass = byClass.get(method.className());
      if (ofClass == null) {
        ofClass = new ArrayList<>();
        byClass.put(method.className(), ofClass);
      }
      ofClass.add(method);
    }
    List<ArrivalTarget> targets = new ArrayList<>();
    for (Map.Entry<String, List<LibraryMethod>> entry : byClass.entrySet()) {
      targets.add(new LibraryTarget(entry.getKey(), entry.getValue()));
    }
    return targets;
  }

  /**
   * Loads the classes of {@code java.base} among them, so that they can be woven before their first
   * use: the JVM defines them itself, and nobody sees when. They are not initialised.
   */
  public static void loadThoseOfTheJvm(ClientLibraries libraries) {
    for (LibraryMethod method : libraries.methods()) {
      if (method.className().startsWith("sun.")) {
        load(method.className());
      }
    }
  }

  private static void load(String className) {
    try {
      Class.forName(className, false, null);
    } catch (ClassNotFoundException | LinkageError e) {
      // Not in this JDK: the connections of its URLs are known by their frames only.
    }
  }
}
