package dev.closewait.it.support;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Waits by polling with a deadline; the only place that sleeps. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Await() {}

  /** Asks until there is an answer; fails with the description when there is none in time. */
  public static <T> T value(
      String description, Duration timeout, Callable<? extends @Nullable T> question) {
    return passing(
        timeout,
        () -> {
          T answer = question.call();
          if (answer == null) {
            throw new AssertionError("not within " + timeout + ": " + description);
          }
          return answer;
        });
  }

  /** Repeats a check until it passes; fails as its last try did. */
  public static void checked(Duration timeout, Check check) {
    passing(
        timeout,
        () -> {
          check.run();
          return true;
        });
  }

  /** Repeats assertions that end in a value until they pass; fails as their last try did. */
  public static <T> T passing(Duration timeout, Callable<T> assertions) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return assertions.call();
      } catch (AssertionError notYet) {
        if (System.nanoTime() - deadline >= 0) {
          throw notYet;
        }
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      pause(PAUSE);
    }
  }

  /** Lets time pass in which nothing may happen. */
  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Assertions that may throw what reading files and processes throws. */
  @FunctionalInterface
  public interface Check {
    void run() throws Exception;
  }
}
