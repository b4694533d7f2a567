package dev.closewait.connection;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection as the hooks have recorded it, at one moment.
 *
 * <p>Times are on the clock of {@link System#nanoTime()}.
 *
 * @param id unique in this JVM, in the order of opening
 * @param descriptor the file descriptor's number
 * @param opened when, where and on which thread it was accepted or connected
 * @param listener the listening socket that accepted it; null for others, or when it is not known
 * @param lastUse the last read or write that moved data; its stack is of the last use that the
 *     budget covered, and its thread is null where that is not known to have been the same
 * @param lastUseStackIsOlder true when {@code lastUse} happened after its stack was taken
 * @param lastUser the thread that used it last, or saw its end or an error since, while it is
 *     alive; null when it has ended or is not known
 * @param lastUserEnd how the thread of {@code lastUser} has ended; null while it is alive, or when
 *     it is not known
 * @param reads how many reads returned data, at most {@link Integer#MAX_VALUE}
 * @param readTried true when a read was tried that found no data yet
 * @param triedRead the first such read of a connection of which nothing was ever read or written;
 *     null for others, and where the budget allowed no stack of it
 * @param writes how many writes moved data, at most {@link Integer#MAX_VALUE}
 * @param lastWriteNanos the last write, 0 when there was none
 * @param eof the first read that returned -1, and how many did
 * @param error the last exception that a read, write, connect or close threw
 * @param closeRequest the first {@code close()}, while the descriptor is still there
 * @param shutdown the first {@code shutdownInput()} or {@code shutdownOutput()}
 * @param inputShutdown true after {@code shutdownInput()}
 * @param outputShutdown true after {@code shutdownOutput()}
 * @param writtenSinceEof true when a write has moved data after {@code eof}
 * @param collected true when the handle was garbage-collected
 * @param connectPending true while a non-blocking connect has not finished
 * @param registration of a channel; null for a {@code Socket}, or when the handle was collected
 * @param clientParts the objects of a client library that it belongs to, from the inside out; empty
 *     when no signature has told of it
 * @param netty the Netty channel above; null when there is none, or it is not known
 * @param exits how the methods that the agent watched were left with the connection open, the first
 *     first; empty as a rule, since few methods are watched, and not for long
 */
public record ConnectionSnapshot(
    long id,
    int descriptor,
    Direction direction,
    Transport transport,
    Endpoint local,
    Endpoint remote,
    SocketEvent opened,
    @Nullable ListenerSnapshot listener,
    @Nullable SocketEvent lastUse,
    boolean lastUseStackIsOlder,
    @Nullable WeakReference<Thread> lastUser,
    @Nullable ThreadEnd lastUserEnd,
    int reads,
    boolean readTried,
    @Nullable SocketEvent triedRead,
    int writes,
    long lastWriteNanos,
    @Nullable SocketEvent eof,
    @Nullable SocketEvent error,
    @Nullable SocketEvent closeRequest,
    @Nullable SocketEvent shutdown,
    boolean inputShutdown,
    boolean outputShutdown,
    boolean writtenSinceEof,
    boolean collected,
    boolean connectPending,
    @Nullable Registration registration,
    List<ClientPart> clientParts,
    @Nullable NettyChannel netty,
    List<MethodExit> exits) {

  /** Those since it was used last, of the thread that did: they left it open. */
  public List<MethodExit> exitsSinceLastUse() {
    List<MethodExit> since = new ArrayList<>();
    for (MethodExit exit : exits) {
      if (exit.sinceLastUse()) {
        since.add(exit);
      }
    }
    return since;
  }
}
