package dev.closewait.connection;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * An object of a client library that a connection belongs to: its wrapper, the entry of a pool, the
 * pool, the client.
 *
 * @param id unique in this JVM
 * @param row the number of the signature that told of it last; -1 when none did
 * @param made where it was constructed, if it has to be closed; null when that was not seen
 * @param closed where it was closed; null before
 * @param leased where it was handed out the last time; null before, and when it lies in a pool
 *     since it is there
 * @param released where it was given back after that, or put in the pool; null before
 * @param leases how often it was handed out
 * @param holder the thread that it was handed out to last, while it is alive; null when it is not
 *     known
 */
public record ClientPart(
    long id,
    int row,
    @Nullable SocketEvent made,
    @Nullable SocketEvent closed,
    @Nullable SocketEvent leased,
    @Nullable SocketEvent released,
    int leases,
    @Nullable WeakReference<Thread> holder) {

  /** True when somebody has it, or had it and gave it back. */
  public boolean isHandedOut() {
    return leased != null || released != null;
  }
}
