package dev.closewait.diagnosis.rules.netty;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.NettyChannel;
import dev.closewait.connection.Registration;
import dev.closewait.connection.SocketEvent;
import dev.closewait.connection.netty.NettyState;
import dev.closewait.diagnosis.ApplicationFrames;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.Suspicion;
import dev.closewait.kernel.TcpState;
import java.nio.channels.SelectionKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client channel over NIO that is open at both ends: part of a response lies unread, and reading
 * is off, so that nobody will ever be told of the FIN behind it.
 *
 * <p>Never a leak: who has paused for the sake of a slow reader may resume.
 */
final class UnreadResponseRule implements LeakRule {
  private final ApplicationFrames application;

  UnreadResponseRule(ApplicationFrames application) {
    this.application = application;
  }

  @Override
  public @Nullable Ruling judge(Suspicion suspicion) {
    ConnectionSnapshot connection = suspicion.connection();
    NettyChannel channel = connection.netty();
    NettyState state = channel == null ? null : channel.state();
    Registration registration = connection.registration();
    if (channel == null
        || state == null
        || suspicion.state() != TcpState.ESTABLISHED
        || connection.direction() != Direction.CONNECTED
        || suspicion.receiveQueueBytes() <= 0
        || !state.isReadingOff()
        || registration == null
        || (registration.interestOps() & SelectionKey.OP_READ) != 0) {
      return null;
    }
    SocketEvent pause = channel.pause();
    boolean called = pause != null && application.innermost(pause.frames()) != null;
    return new Ruling(
        Cause.BODY_NOT_CONSUMED,
        "The response of "
            + connection.remote()
            + (called
                ? " was begun; %s has turned autoRead off, and nobody reads on."
                : " was begun and is not read on; the connection was made in %s.")
            + " As long as data is unread, nobody sees that the peer has closed.",
        "read the response to its end or cancel it, on every path; a timeout for the response ends what nobody reads",
        called ? NettyFacts.blamed(channel, pause) : channel.setUpStacks(),
        Ruling.CULPRIT,
        Ruling.Certainty.HARMLESS,
        List.of(
            new Evidence(
                Evidence.Source.HOOK,
                "autoRead is off and no read is asked for; data was read "
                    + connection.reads()
                    + (connection.reads() == 1 ? " time" : " times")
                    + " before",
                called && pause != null ? pause.frames() : List.of()),
            suspicion.kernelEvidence()));
  }
}
