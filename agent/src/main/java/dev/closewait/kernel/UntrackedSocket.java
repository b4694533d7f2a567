package dev.closewait.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A TCP socket of this process that no record explains: opened before the attach, or by a transport
 * that the hooks do not see.
 *
 * @param row its row in the tables; null when it has none (it has ended or was never connected) or
 *     they can not be read
 */
public record UntrackedSocket(
    int descriptor, long inode, TcpState state, @Nullable KernelSocket row) {}
