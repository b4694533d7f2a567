package dev.closewait.startup;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines the runtime half into {@code java.base}, where every class loader finds it.
 *
 * <p>The package {@code java.net} is opened to the unnamed module of a throw-away loader only, so
 * the application's own {@code setAccessible} fails as it does without the agent. No temporary
 * file, no VM warning, class-data sharing stays (facts on the JDK, sections 2.1, 11 and 12).
 */
final class RuntimeClasses {
  private static final String CONTROL = "java.net.CloseWaitControl";
  private static final String FOLDER = "dev/closewait/runtime/";

  /** Must be the value of {@code CloseWaitControl.VERSION} that this agent was built with. */
  private static final String VERSION = "1";

  /** Superclasses before their subclasses. */
  private static final String[] NAMES = {
    "CloseWaitThread",
    "CloseWaitStack",
    "CloseWaitEvent",
    "CloseWaitMethodExit",
    "CloseWaitBudget",
    "CloseWaitOrigin",
    "CloseWaitUnread",
    "CloseWaitNotes",
    "CloseWaitFarewell",
    "CloseWaitRecord",
    "CloseWaitTable",
    "CloseWaitFields",
    "CloseWaitAsyncFields",
    "CloseWaitHandles$Tls",
    "CloseWaitHandles",
    "CloseWaitThing",
    "CloseWaitThings",
    "CloseWaitClients",
    "CloseWaitCollected",
    "CloseWaitWatcher",
    "CloseWaitCanary",
    "CloseWaitActivity$Use",
    "CloseWaitActivity",
    "CloseWaitWatch",
    "CloseWaitThrown",
    "CloseWaitLocks",
    "CloseWaitEndings",
    "CloseWaitControl",
    "CloseWaitOpenings",
    "CloseWaitHooks",
    "CloseWaitSockets",
    "CloseWaitExit",
    "CloseWaitSourceFiles$Source",
    "CloseWaitSourceFiles",
    "CloseWaitDefinitions$Listener",
    "CloseWaitDefinitions$Canary",
    "CloseWaitDefinitions",
    "CloseWaitNettyKinds",
    "CloseWaitNettyRecord",
    "CloseWaitNettyTable",
    "CloseWaitNettyCall$Calls",
    "CloseWaitNettyCall",
    "CloseWaitNetty",
    "CloseWaitNettyFields",
  };

  private RuntimeClasses() {}

  /**
   * Defines the runtime half, or finds the one that an earlier attach defined; what is in the way,
   * or null.
   */
  static @Nullable String define(Instrumentation instrumentation)
      throws IOException, ReflectiveOperationException {
    Class<?> present = present();
    if (present != null) {
      Object version = present.getField("VERSION").get(null);
      return VERSION.equals(version)
          ? null
          : "another version of closewait has been in this JVM (restart it to use this one)";
    }
    try (AgentResources resources = AgentResources.open()) {
      return define(instrumentation, resources);
    }
  }

  private static @Nullable String define(Instrumentation instrumentation, AgentResources resources)
      throws IOException, ReflectiveOperationException {
    DefinerLoader loader = new DefinerLoader();
    String definerFile = RuntimeDefiner.class.getName().replace('.', '/') + ".class";
    Class<?> definer = loader.defineFrom(resources.read(definerFile));
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.net", Set.of(loader.getUnnamedModule())),
        Set.of(),
        Map.of());
    try {
      Method define = definer.getMethod("define", byte[].class);
      for (String name : NAMES) {
        define.invoke(null, (Object) resources.read(FOLDER + name + ".bin"));
      }
    } catch (InvocationTargetException e) {
      return "the runtime half cannot be defined: " + e.getCause();
    }
    return null;
  }

  /** True when an agent has been started in this JVM. */
  static boolean arePresent() {
    return present() != null;
  }

  private static @Nullable Class<?> present() {
    try {
      return Class.forName(CONTROL, true, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  private static final class DefinerLoader extends ClassLoader {
    DefinerLoader() {
      super(null);
    }

    Class<?> defineFrom(byte[] classFile) {
      return defineClass(null, classFile, 0, classFile.length);
    }
  }
}
