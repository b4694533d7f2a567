package dev.closewait.connection;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * One listening socket as the hooks have recorded it, at one moment.
 *
 * @param id unique in this JVM, in the order of opening
 * @param descriptor the file descriptor's number
 * @param bound when, where and on which thread it was bound
 * @param accepted how many connections it has accepted
 * @param lastAccept the last accept that returned a connection; null when there was none
 * @param acceptor the thread of {@code lastAccept} while it is alive; null when it has ended or is
 *     not known
 * @param acceptorEnd how the thread of {@code lastAccept} has ended; null while it is alive, or
 *     when it is not known
 * @param acceptError the last exception that an accept threw, other than a timeout
 * @param registration of a channel; null for a {@code ServerSocket}, or when the handle was
 *     collected
 * @param netty the Netty channel above; null when there is none, or it is not known
 * @param collected true when the handle was garbage-collected
 */
public record ListenerSnapshot(
    long id,
    int descriptor,
    Transport transport,
    Endpoint local,
    SocketEvent bound,
    long accepted,
    @Nullable SocketEvent lastAccept,
    @Nullable WeakReference<Thread> acceptor,
    @Nullable ThreadEnd acceptorEnd,
    @Nullable SocketEvent acceptError,
    @Nullable Registration registration,
    @Nullable NettyChannel netty,
    boolean collected) {}
