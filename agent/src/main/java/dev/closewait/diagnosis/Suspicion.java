package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.ThreadEnd;
import dev.closewait.kernel.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one connection that has been stuck for longer than the threshold: what a
 * rule judges.
 *
 * @param state the kernel's state; null when it could not be asked
 * @param inode the socket's inode; -1 when it is not known
 * @param receiveQueueBytes unread bytes, an unread FIN counting as one; -1 when it is not known
 * @param stuckNanos for how long it has been seen stuck
 * @param unreachable true when the channel object was found collected by an earlier scan
 * @param readsEofAgain true when more reads have returned -1 since the last scan
 * @param lastUser where the thread that last used it stands now; null when it has ended or is not
 *     known
 * @param lastUserMovedOn true when that thread has used another connection since, and not in the
 *     same call
 * @param lastUserServesAnother true when that other connection was one that the process accepted
 * @param client the client library that it belongs to; null for none that is known
 * @param taker where the thread stands now that the library handed the connection out to; null when
 *     it has ended or is not known
 * @param clientsAlike how many clients for one call, made by the same call path, hold a connection
 *     to the same server, with this one's; 0 when its client is not one
 * @param eventLoop where the thread of its Netty event loop stands, or of the one that accepts
 *     while it has none; null without
 * @param selectorLoop where the only live thread stands now that has used channels of its selector;
 *     null when there is none, or more than one
 * @param selectorLoopEnd how the only thread has ended that used channels of its selector; null
 *     when it has not, or there were more
 * @param cpuShortage why threads that can run do not get all of a core, in words; null when nothing
 *     shows that they do not
 */
public record Suspicion(
    ConnectionSnapshot connection,
    @Nullable TcpState state,
    long inode,
    long receiveQueueBytes,
    long stuckNanos,
    boolean unreachable,
    boolean readsEofAgain,
    @Nullable ThreadLook lastUser,
    boolean lastUserMovedOn,
    boolean lastUserServesAnother,
    @Nullable ClientUse client,
    @Nullable ThreadLook taker,
    int clientsAlike,
    @Nullable ThreadLook eventLoop,
    @Nullable ThreadLook selectorLoop,
    @Nullable ThreadEnd selectorLoopEnd,
    @Nullable String cpuShortage) {

  /** True when the connection has ended in the kernel while its descriptor is open. */
  public boolean isDead() {
    return state == TcpState.CLOSE;
  }

  /** True when nothing but an unread response speaks for closing it. */
  public boolean isOpenAtBothEnds() {
    return state == TcpState.ESTABLISHED
        && receiveQueueBytes > 0
        && connection.eof() == null
        && connection.closeRequest() == null;
  }

  /** The kernel's part of the proof, in words. */
  public Evidence kernelEvidence() {
    String fact = state == null ? "the state could not be asked" : state.reportName();
    if (receiveQueueBytes >= 0) {
      fact += ", receive queue " + receiveQueueBytes;
    }
    if (isOpenAtBothEnds()) {
      fact += ": the peer's FIN, if it has sent one, waits behind the unread data";
    }
    if (isDead()) {
      fact += ": the connection has ended and the descriptor is open";
    }
    return Evidence.of(Evidence.Source.KERNEL, fact);
  }
}
