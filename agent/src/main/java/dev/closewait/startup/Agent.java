package dev.closewait.startup;

import dev.closewait.config.AgentOptions;
import dev.closewait.instrument.FrameFiles;
import dev.closewait.instrument.Weaver;
import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.arrival.Arrivals;
import dev.closewait.instrument.client.LibraryTargets;
import dev.closewait.instrument.netty.NettyTargets;
import dev.closewait.log.AgentLog;
import java.lang.instrument.Instrumentation;
import java.net.CloseWaitControl;
import java.net.CloseWaitDefinitions;
import java.net.CloseWaitExit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds and connects the parts of the agent; the runtime half is there when this class is loaded.
 */
final class Agent {
  private Agent() {}

  /** Weaves the hooks and starts the scanner; what is in the way, or null. */
  static @Nullable String start(
      AgentOptions options, Instrumentation instrumentation, AgentMode mode) {
    String claim = "closewait " + AgentVersion.NAME + ", started as " + mode.reportName();
    String holder = CloseWaitControl.claim(claim);
    if (holder != null) {
      return "this JVM is watched already, by " + holder + " (one agent is enough)";
    }
    try {
      weaveAndWatch(options, instrumentation, mode);
      return null;
    } catch (Throwable t) {
      CloseWaitDefinitions.listen(null);
      CloseWaitControl.switchOff();
      CloseWaitControl.release();
      throw t;
    }
  }

  private static void weaveAndWatch(
      AgentOptions options, Instrumentation instrumentation, AgentMode mode) {
    CloseWaitControl.switchOn(options.maxConnections(), mode == AgentMode.ATTACH);
    boolean running = mode == AgentMode.ATTACH;
    FrameFiles frameFiles = new FrameFiles(instrumentation);
    Arrivals arrivals = new Arrivals(instrumentation, frameFiles, libraries());
    ScanLoop loop = new ScanLoop(options, mode);
    loop.tick();
    arrivals.listen();
    if (running) {
      frameFiles.prepare();
    }
    Weaver weaver = new Weaver(instrumentation, frameFiles, Runtime.version().feature());
    weaver.weave();
    LibraryTargets.loadThoseOfTheJvm(KnownLibraries.clients());
    arrivals.weavePresent(running);
    loop.start(new Instruments(weaver, arrivals, frameFiles, instrumentation));
    if (!CloseWaitExit.runAfterApplicationHooks(loop)) {
      AgentLog.notice("this JVM takes no more shutdown hooks: there will be no report at exit");
    }
  }

  /** What is woven of libraries, when they are loaded. */
  private static List<ArrivalTarget> libraries() {
    List<ArrivalTarget> targets = new ArrayList<>(NettyTargets.all());
    targets.addAll(LibraryTargets.of(KnownLibraries.clients()));
    return targets;
  }
}
