package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.Transport;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.connection.netty.PipelineEntry;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A channel over NIO that is registered and not read: autoRead is off, or a handler keeps the read
 * requests.
 *
 * <p>The native transports see the end of the stream also while reading is off (4.1.136 and 4.2.18
 * over epoll and io_uring; kqueue by its source).
 */
final class ReadingOffRule extends NettyRule {
  private static final String READ = "read";

  private final ApplicationFrames application;
  private final BlamedHandlers handlers;

  ReadingOffRule(ApplicationFrames application, BlamedHandlers handlers) {
    this.application = application;
    this.handlers = handlers;
  }

  @Override
  @Nullable Ruling judge(Suspicion suspicion, NettyChannel channel, NettyState state) {
    Registration registration = suspicion.connection().registration();
    if (suspicion.connection().transport() != Transport.NETTY_NIO
        || !Boolean.TRUE.equals(state.registered())
        || registration == null
        || !registration.registered()
        || (registration.interestOps() & SelectionKey.OP_READ) != 0) {
      return null;
    }
    return state.isReadingOff()
        ? autoReadOff(suspicion, channel, registration)
        : readKept(suspicion, channel, state, registration);
  }

  private Ruling autoReadOff(Suspicion suspicion, NettyChannel channel, Registration registration) {
    SocketEvent pause = channel.pause();
    boolean called = pause != null && application.innermost(pause.frames()) != null;
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            Evidence.Source.HOOK,
            "autoRead is off; " + (called ? turnedOff(pause) : "it was an option of the bootstrap"),
            called && pause != null ? pause.frames() : List.of()));
    evidence.add(interest(registration));
    evidence.add(suspicion.kernelEvidence());
    return new Ruling(
        Cause.READ_INTEREST_OFF,
        called
            ? "%s has turned autoRead off and nobody reads on, so Netty does not see that the peer has closed."
            : "autoRead is off since the channel was set up in %s, and nobody has called read() since the last data.",
        "turn autoRead on again, or call read() after each message, on every path; close the channel when what it waits for"
            + " has gone",
        called ? NettyFacts.blamed(channel, pause) : channel.setUpStacks(),
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        evidence);
  }

  private static String turnedOff(@Nullable SocketEvent pause) {
    int count = pause == null ? 0 : pause.count();
    return count > 1 ? "turned off " + count + " times, first here" : "turned off here";
  }

  /** Every read request, also those of autoRead, passes the handlers that override read. */
  private @Nullable Ruling readKept(
      Suspicion suspicion, NettyChannel channel, NettyState state, Registration registration) {
    List<PipelineEntry> keepers = handlers.overriding(state.pipeline(), READ);
    if (keepers.isEmpty()) {
      return null;
    }
    // The request comes to the last one first.
    PipelineEntry keeper = keepers.get(keepers.size() - 1);
    List<List<StackTraceElement>> blamed = new ArrayList<>();
    blamed.add(handlers.start(keeper, READ));
    blamed.addAll(channel.setUpStacks());
    return new Ruling(
        Cause.READ_INTEREST_OFF,
        "autoRead is on, but no read request reaches the transport: "
            + (keepers.size() == 1
                ? "the handler " + NettyFacts.name(keeper) + " keeps them."
                : "one of the handlers that override read keeps them, the first of them "
                    + NettyFacts.name(keeper)
                    + "."),
        "let " + keeper.className() + ".read pass the request on: context.read()",
        blamed,
        Ruling.CULPRIT,
        Ruling.Certainty.BY_AGE,
        List.of(
            Evidence.of(Evidence.Source.HOOK, "overriding read: " + NettyFacts.names(keepers)),
            interest(registration),
            suspicion.kernelEvidence()));
  }

  private static Evidence interest(Registration registration) {
    return Evidence.of(
        Evidence.Source.HOOK, "registered, interest " + registration.interestNames());
  }
}
