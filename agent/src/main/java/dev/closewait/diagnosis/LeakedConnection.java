package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Endpoint;
import dev.closewait.kernel.TcpState;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a leak group, joined from the hooks and the kernel.
 *
 * @param record what the hooks know; null for a connection that waits in an accept queue or that no
 *     hook saw
 * @param state the kernel's state; {@link TcpState#CLOSE} when the connection has ended; null when
 *     it could not be asked
 * @param inode the socket's inode; 0 while it waits in an accept queue, -1 when it is not known
 * @param receiveQueueBytes unread bytes, an unread FIN counting as one; -1 when it is not known
 * @param stuckNanos for how long it has been seen in this state
 */
public record LeakedConnection(
    @Nullable ConnectionSnapshot record,
    Endpoint local,
    Endpoint remote,
    @Nullable TcpState state,
    long inode,
    long receiveQueueBytes,
    long stuckNanos) {}
