package dev.closewait.connection;

import org.jspecify.annotations.Nullable;

/**
 * What a channel pool of Netty has done with a channel.
 *
 * @param acquired the call that took it out last; null when it is not known
 * @param released when and where it was given back last; null when never
 * @param idle true while it waits in the pool to be used
 */
public record NettyPooling(
    @Nullable SocketEvent acquired, @Nullable SocketEvent released, boolean idle) {}
