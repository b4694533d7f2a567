package dev.closewait.demo;

import java.util.concurrent.atomic.AtomicInteger;

/** Starts threads that do not keep the process alive and say so when an exception ends them. */
final class Daemon {
  private static final AtomicInteger STARTED = new AtomicInteger();

  private Daemon() {}

  static void start(String role, Task task) {
    Thread thread = new Thread(() -> run(task), role + "-" + STARTED.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Task task) {
    try {
      task.run();
    } catch (Exception failure) {
      System.out.println(Thread.currentThread().getName() + " ended: " + failure);
    }
  }

  /** What a thread does, with whatever exception ends it. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }
}
