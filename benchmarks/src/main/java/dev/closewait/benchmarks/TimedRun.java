package dev.closewait.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * One JVM that runs traffic for a while: prints the CPU time per operation in nanoseconds, of the
 * two traffic threads and of the whole process (garbage collector, JIT compiler and agent
 * included).
 */
public final class TimedRun {
  private TimedRun() {}

  /** Arguments: the name of the traffic, milliseconds to warm up, milliseconds to measure. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Traffic traffic = Traffic.named(arguments[0]);
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    traffic.start();
    Thread.sleep(Long.parseLong(arguments[1]));
    long threadNanos = traffic.cpuNanos();
    long processNanos = system.getProcessCpuTime();
    long operations = traffic.operations();
    Thread.sleep(Long.parseLong(arguments[2]));
    operations = traffic.operations() - operations;
    threadNanos = traffic.cpuNanos() - threadNanos;
    processNanos = system.getProcessCpuTime() - processNanos;
    System.out.println(
        (double) threadNanos / operations + " " + (double) processNanos / operations);
  }
}
