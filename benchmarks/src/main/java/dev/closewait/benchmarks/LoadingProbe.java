package dev.closewait.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One JVM that loads every class of its own jar, JMH and Netty among them, without initialising
 * any: prints how many there are and what that took, in nanoseconds of wall clock, of CPU of the
 * thread that loads, and of CPU of all threads.
 */
public final class LoadingProbe {
  private LoadingProbe() {}

  /** No arguments. */
  public static void main(String[] arguments) throws IOException {
    List<String> names = names();
    ClassLoader loader = LoadingProbe.class.getClassLoader();
    long allNanos = StartupProbe.cpuNanosOfAllThreads();
    long ownNanos = StartupProbe.cpuNanosOfThisThread();
    long start = System.nanoTime();
    int loaded = 0;
    for (String name : names) {
      try {
        Class.forName(name, false, loader);
        loaded++;
      } catch (ClassNotFoundException | LinkageError e) {
        // Libraries have classes for others that are not there.
      }
    }
    long wallNanos = System.nanoTime() - start;
    ownNanos = StartupProbe.cpuNanosOfThisThread() - ownNanos;
    allNanos = StartupProbe.cpuNanosOfAllThreads() - allNanos;
    System.out.println(loaded + " " + wallNanos + " " + ownNanos + " " + allNanos);
  }

  private static List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipFile jar = new ZipFile(AgentJars.ownJar().toFile())) {
      for (ZipEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
          names.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }
}
