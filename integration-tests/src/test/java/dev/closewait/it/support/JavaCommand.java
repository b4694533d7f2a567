package dev.closewait.it.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The command line of a JVM, put together step by step; {@link #start()} may be called again. */
public final class JavaCommand {
  private final Jdk jdk;
  private final List<String> options = new ArrayList<>();
  private final List<String> lateOptions = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private String classPath = BuildPaths.testClasses();
  private List<String> main = List.of();
  private List<String> wrapper = List.of();
  private int descriptorLimit;
  private @Nullable String redirection;

  private JavaCommand(Jdk jdk) {
    this.jdk = jdk;
  }

  /** A JVM whose class path is the scenarios. */
  public static JavaCommand on(Jdk jdk) {
    return new JavaCommand(jdk);
  }

  /** Options of the JVM, such as {@code -Xmx32m}. */
  public JavaCommand options(String... added) {
    options.addAll(List.of(added));
    return this;
  }

  /** Our agent with these options, such as {@code "threshold=1s", "report=" + file}. */
  public JavaCommand agent(String... agentOptions) {
    String arguments = agentOptions.length == 0 ? "" : "=" + String.join(",", agentOptions);
    return options("-javaagent:" + BuildPaths.agentJar() + arguments);
  }

  /** Options that come after all others, such as a second agent. */
  public JavaCommand optionsAfterAgent(String... added) {
    lateOptions.addAll(List.of(added));
    return this;
  }

  public JavaCommand classPath(String... entries) {
    classPath = String.join(File.pathSeparator, entries);
    return this;
  }

  public JavaCommand environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** {@code ulimit -n}: soft and hard limit of open descriptors. */
  public JavaCommand descriptorLimit(int limit) {
    descriptorLimit = limit;
    return this;
  }

  /** A redirection of the shell, such as {@code 2>&-}. */
  public JavaCommand redirection(String shellRedirection) {
    redirection = shellRedirection;
    return this;
  }

  /** A command that ends in starting its arguments in its own process. */
  public JavaCommand wrapper(String... command) {
    wrapper = List.of(command);
    return this;
  }

  public JavaCommand main(Class<?> mainClass, String... arguments) {
    return main(mainClass.getName(), arguments);
  }

  public JavaCommand main(String mainClass, String... arguments) {
    main = new ArrayList<>(List.of(arguments));
    main.add(0, mainClass);
    return this;
  }

  /** Starts the JVM in the build's directory, without what the environment says to JVMs and us. */
  public JavaProcess start() {
    ProcessBuilder builder = new ProcessBuilder(commandLine());
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("CLOSEWAIT_")
                    || name.equals("JAVA_TOOL_OPTIONS")
                    || name.equals("JDK_JAVA_OPTIONS")
                    || name.equals("_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    try {
      return new JavaProcess(builder.start(), commandLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> commandLine() {
    List<String> line = new ArrayList<>(wrapper);
    if (descriptorLimit > 0 || redirection != null) {
      String limit = descriptorLimit > 0 ? "ulimit -n " + descriptorLimit + " && " : "";
      String redirected = redirection == null ? "" : " " + redirection;
      // exec: the process that the tests watch and end is the JVM itself.
      line.addAll(List.of("/bin/sh", "-c", limit + "exec \"$@\"" + redirected, "sh"));
    }
    Path java = jdk.java();
    line.add(java.toString());
    line.addAll(options);
    line.addAll(lateOptions);
    line.add("-cp");
    line.add(classPath);
    line.addAll(main);
    return line;
  }
}
