package dev.closewait.startup;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must hold before anything is woven. */
final class StartupChecks {
  private static final int OLDEST_FEATURE = 17;

  /** The newest Java whose classes were read and that the tests run on. */
  private static final int NEWEST_TESTED_FEATURE = 25;

  private StartupChecks() {}

  /** What is in the way, with the cure; null when nothing is. */
  static @Nullable String obstacle(Instrumentation instrumentation) {
    int feature = Runtime.version().feature();
    if (feature < OLDEST_FEATURE) {
      return "Java " + feature + " is too old (run the application with Java 17 or later)";
    }
    if (!instrumentation.isRetransformClassesSupported()) {
      return "this JVM cannot retransform classes (use a HotSpot JVM)";
    }
    return null;
  }

  /** What is not seen or not tested on this machine; empty on the ones that the tests run on. */
  static List<String> limits() {
    List<String> limits = new ArrayList<>();
    int feature = Runtime.version().feature();
    if (feature > NEWEST_TESTED_FEATURE) {
      limits.add("Java " + feature + " is newer than this agent was tested with: Java 17 to 25");
    }
    String system = System.getProperty("os.name", "?");
    if (!system.equals("Linux")) {
      limits.add(
          "no kernel state on "
              + system
              + ", and not tested there: only what Java code has seen is reported");
    }
    return limits;
  }
}
