package dev.closewait.diagnosis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's frames from those of the JDK, of libraries and of the agent.
 *
 * <p>The libraries are a resource, not strings in this class: packaging would rename those that the
 * agent contains itself.
 */
public final class ApplicationFrames implements Predicate<StackTraceElement> {
  private static final String LIBRARIES = "libraries.txt";

  private final List<String> applicationPrefixes;
  private final List<String> libraryPrefixes;

  private ApplicationFrames(List<String> applicationPrefixes, List<String> libraryPrefixes) {
    this.applicationPrefixes = applicationPrefixes;
    this.libraryPrefixes = libraryPrefixes;
  }

  /**
   * Reads the list of known libraries.
   *
   * @param appPackages packages that count as application code; empty for all that is neither JDK
   *     nor known library
   */
  public static ApplicationFrames of(List<String> appPackages) {
    List<String> prefixes = new ArrayList<>();
    for (String name : appPackages) {
      prefixes.add(name + ".");
    }
    return new ApplicationFrames(prefixes, readLibraries());
  }

  @Override
  public boolean test(StackTraceElement frame) {
    String name = frame.getClassName();
    if (applicationPrefixes.isEmpty()) {
      return !startsWithAny(name, libraryPrefixes);
    }
    return startsWithAny(name, applicationPrefixes);
  }

  /** True for a frame of the JDK's own code. */
  boolean isJdk(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.")
        || name.startsWith("com.sun.");
  }

  /** The innermost frame of the application; null when there is none. */
  public @Nullable StackTraceElement innermost(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      if (test(frame)) {
        return frame;
      }
    }
    return null;
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> readLibraries() {
    List<String> prefixes = new ArrayList<>();
    try (InputStream in = ApplicationFrames.class.getResourceAsStream(LIBRARIES)) {
      if (in == null) {
        throw new IllegalStateException("the agent jar lacks " + LIBRARIES);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && line.charAt(0) != '#') {
          prefixes.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the agent jar's " + LIBRARIES + " cannot be read", e);
    }
    return prefixes;
  }
}
