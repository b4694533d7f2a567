package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.log.AgentLog;
import dev.closewait.log.OnceLog;
import java.net.CloseWaitControl;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The agent's one thread: ticks the clock of the hooks, scans, publishes, and scans once more at
 * exit.
 *
 * <p>Its {@link #run} is the shutdown hook: it asks the thread for the last scan and waits for it,
 * for a bounded time, so that a sink that blocks cannot keep the JVM.
 */
final class ScanLoop implements Runnable {
  private static final Logger LOG = AgentLog.logger(ScanLoop.class);

  private static final long LONGEST_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /**
   * Of each of four purposes: with 5-10 us a stack and two ticks a second, less than half a percent
   * of one core.
   */
  private static final int STACKS_PER_TICK = 50;

  private static final long EXIT_WAIT_MILLIS = 10_000;

  private final AgentOptions options;
  private final AgentMode mode;
  private final OpenFiles files;
  private final long tickNanos;
  private final Object signal = new Object();
  private final Instant attachedAt = Instant.now();
  private final HeapRoom heap = new HeapRoom();
  private final OnceLog failures = new OnceLog(LOG);
  private boolean finishing;
  private long nextScanNanos;
  private @Nullable Thread thread;
  private @Nullable Pipeline pipeline;

  ScanLoop(AgentOptions options, AgentMode mode) {
    this.options = options;
    this.files = OpenFiles.open(options);
    this.mode = mode;
    this.tickNanos = Math.min(options.intervalNanos(), LONGEST_TICK_NANOS);
  }

  /** Once before the first socket: without it the hooks have no budget for stacks. */
  void tick() {
    CloseWaitControl.tick(System.nanoTime(), STACKS_PER_TICK);
  }

  void start(Instruments instruments) {
    Thread scanner = new Scanner(instruments);
    thread = scanner;
    scanner.start();
  }

  /** A class of its own: the first lambda of a JVM costs milliseconds before {@code main}. */
  private final class Scanner extends Thread {
    private final Instruments instruments;

    Scanner(Instruments instruments) {
      super(null, null, "closewait-scanner", 0, false);
      this.instruments = instruments;
      setDaemon(true);
      setContextClassLoader(null);
    }

    @Override
    public void run() {
      loop(instruments);
    }
  }

  /** The shutdown hook. */
  @Override
  public void run() {
    synchronized (signal) {
      finishing = true;
      signal.notifyAll();
    }
    Thread scanner = thread;
    if (scanner == null) {
      return;
    }
    try {
      scanner.join(EXIT_WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Nothing ends this loop but the end of the JVM: a full heap may be free again at the next scan.
   */
  private void loop(Instruments instruments) {
    begin(instruments);
    boolean finishing = isFinishing(0);
    while (!finishing) {
      turn(instruments);
      finishing = isFinishing(tickNanos);
    }
    scan(instruments, true);
  }

  private void begin(Instruments instruments) {
    try {
      nextScanNanos = System.nanoTime();
      if (heap.isEnough(nextScanNanos)) {
        open(instruments);
      }
      announce(StartupChecks.limits());
      announce(instruments.weaver().problems());
    } catch (Throwable t) {
      warn(t);
    }
  }

  private void turn(Instruments instruments) {
    try {
      tick();
      instruments.weaver().keepDefinitions();
      long now = System.nanoTime();
      if (now - nextScanNanos >= 0 && heap.isEnough(now)) {
        scan(instruments, false);
        nextScanNanos = System.nanoTime() + options.intervalNanos();
      }
    } catch (Throwable t) {
      warn(t);
    }
  }

  /** Said at start: a person who reads it then can still do something about it. */
  private static void announce(List<String> sentences) {
    for (String sentence : sentences) {
      AgentLog.notice(sentence);
    }
  }

  private boolean isFinishing(long waitNanos) {
    synchronized (signal) {
      if (!finishing && waitNanos > 0) {
        pause(waitNanos);
      }
      return finishing;
    }
  }

  private void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(signal, nanos);
    } catch (InterruptedException e) {
      // Somebody interrupts every thread that he can find: this one is not his.
    }
  }

  private void open(Instruments instruments) {
    try {
      pipeline = Pipeline.open(options, files, instruments, Identities.process(), agentIdentity());
    } catch (Throwable t) {
      warn(t);
    }
  }

  /**
   * Before the first socket there is nothing to ask, and asking would initialise the JDK's network
   * classes before the application has set the properties that they read.
   */
  private void scan(Instruments instruments, boolean last) {
    try {
      boolean quiet =
          mode == AgentMode.PREMAIN
              && !CloseWaitControl.hasSeenSockets()
              && instruments.weaver().problems().isEmpty();
      if (!last) {
        instruments.arrivals().weavePresentWhenDue(System.nanoTime());
      }
      if (pipeline == null) {
        open(instruments);
      }
      if (pipeline != null && (last || !quiet)) {
        pipeline.scan(last);
      }
    } catch (Throwable t) {
      warn(t);
    }
  }

  /** With a full heap, saying so may fail as well. */
  private void warn(Throwable t) {
    try {
      failures.warn("a scan failed; the next one runs all the same", t);
    } catch (Throwable again) {
      // The next scan will say it.
    }
  }

  private AgentIdentity agentIdentity() {
    return Identities.agent(mode, attachedAt);
  }
}
