package dev.closewait.connection.netty;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has answered at one moment; null stands for no answer.
 *
 * @param copy the package of this copy of Netty: {@code io.netty} where it was not moved
 * @param version of the copy; null when its jar does not tell
 * @param inputShutdown true when Netty has seen the end of the stream and left the channel open;
 *     not asked of an NIO channel
 * @param outboundClosed true when closing, or shutting down the output, has begun
 * @param pendingBytes written by the application and not yet taken by the kernel; -1 when not known
 * @param sending what the kernel has sent; null where only the hooks tell, or it cannot be asked
 * @param pipeline from the head to the tail, without these two
 * @param loop null when the channel was never registered with one
 */
public record NettyState(
    String copy,
    @Nullable String version,
    @Nullable Boolean open,
    @Nullable Boolean active,
    @Nullable Boolean registered,
    @Nullable Boolean autoRead,
    @Nullable Boolean inputShutdown,
    @Nullable Boolean outputShutdown,
    boolean outboundClosed,
    long pendingBytes,
    @Nullable NettySending sending,
    List<PipelineEntry> pipeline,
    @Nullable NettyLoop loop) {

  public boolean isNotRegistered() {
    return Boolean.FALSE.equals(registered);
  }

  public boolean isReadingOff() {
    return Boolean.FALSE.equals(autoRead);
  }
}
