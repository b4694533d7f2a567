package dev.closewait.diagnosis;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.Direction;
import dev.closewait.connection.SocketEvent;
import dev.closewait.library.ClientLibraries;
import dev.closewait.library.ClientLibrary;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What client library a connection belongs to, and whether the application has it or the library's
 * pool.
 *
 * @param library whose methods told, or else the one nearest to the socket
 * @param called the one that the application called: {@code library}, or one on top of it
 * @param part the object that was handed out and given back; null when no method told
 * @param owner the client or pool that has to be closed and was not; null when there is none
 * @param stacks of the call that has or had it: first one that has a frame of the application
 * @param callDepth how many frames the first stack has from the application's call outwards; 0 when
 *     it has none
 */
public record ClientUse(
    ClientLibrary library,
    ClientLibrary called,
    @Nullable ClientPart part,
    @Nullable ClientPart owner,
    List<List<StackTraceElement>> stacks,
    int callDepth) {

  /** Null when it is no connection of a known client library. */
  public static @Nullable ClientUse of(ConnectionSnapshot connection, KnownCode code) {
    ApplicationFrames application = code.application();
    ClientLibraries libraries = code.clients();
    if (connection.direction() != Direction.CONNECTED) {
      return null;
    }
    ClientPart part = handedOut(connection, code);
    List<List<StackTraceElement>> stacks = ownStacks(connection, part, application);
    List<ClientLibrary> seen = seen(connection, stacks, libraries, application);
    ClientLibrary told = part == null ? null : libraries.ofRow(part.row());
    if (told == null && seen.isEmpty()) {
      return null;
    }
    ClientLibrary library = told == null ? pooling(seen) : told;
    ClientLibrary called = seen.isEmpty() ? library : seen.get(seen.size() - 1);
    int callDepth = stacks.isEmpty() ? 0 : callDepth(stacks.get(0), application);
    return new ClientUse(library, called, part, owner(connection), stacks, callDepth);
  }

  private static int callDepth(List<StackTraceElement> stack, ApplicationFrames application) {
    StackTraceElement caller = application.innermost(stack);
    return caller == null ? 0 : stack.size() - stack.indexOf(caller);
  }

  /** True when that stack is of a thread that has not returned from the method that took it. */
  public boolean isStillIn(List<StackTraceElement> now) {
    if (callDepth == 0 || now.size() < callDepth) {
      return false;
    }
    List<StackTraceElement> then = stacks.get(0);
    for (int i = 1; i <= callDepth; i++) {
      if (!isSameMethod(then.get(then.size() - i), now.get(now.size() - i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameMethod(StackTraceElement then, StackTraceElement now) {
    return then.getClassName().equals(now.getClassName())
        && then.getMethodName().equals(now.getMethodName());
  }

  /** True when it is known that the application has it. */
  public boolean isTaken() {
    return part != null && part.leased() != null && part.released() == null;
  }

  /** True when it is known that it lies in the pool. */
  public boolean isGivenBack() {
    return part != null && part.released() != null;
  }

  /** Where it was taken; null when that is not known. */
  public @Nullable SocketEvent taken() {
    return part == null ? null : part.leased();
  }

  /** The thread that has it; null when that has ended or is not known. */
  @Nullable Thread holder() {
    WeakReference<Thread> holder = part == null ? null : part.holder();
    return holder == null ? null : holder.get();
  }

  /** Who is held responsible: the call that has or had it, then who opened the connection. */
  public List<List<StackTraceElement>> blamed(ConnectionSnapshot connection) {
    List<List<StackTraceElement>> blamed = new ArrayList<>(stacks);
    if (blamed.isEmpty()) {
      blamed.add(List.of());
    }
    if (connection.lastUse() != null) {
      blamed.add(connection.lastUse().frames());
    }
    blamed.add(connection.opened().frames());
    return blamed;
  }

  /** How to give it back, in the words of what the application called. */
  public @Nullable String closeRemedy() {
    boolean same = called.takes() == library.takes() && called.closeRemedy() != null;
    return same ? called.closeRemedy() : library.closeRemedy();
  }

  /** What to do instead of one client for each call. */
  public @Nullable String shareRemedy() {
    return called.shareRemedy() != null ? called.shareRemedy() : library.shareRemedy();
  }

  /** As a person says it: {@code Jersey client on Apache HttpClient 4}. */
  public String name() {
    return called.equals(library) ? library.name() : called.name() + " on " + library.name();
  }

  /** The outermost: a driver's connection in a pool is the pool's to give. */
  private static @Nullable ClientPart handedOut(ConnectionSnapshot connection, KnownCode code) {
    ClientPart outermost = null;
    for (ClientPart part : connection.clientParts()) {
      outermost = part.isHandedOut() && !isOfOtherPool(part, code) ? part : outermost;
    }
    return outermost;
  }

  /** Made by a pool that no signature tells of: whether the application has it is not known. */
  private static boolean isOfOtherPool(ClientPart part, KnownCode code) {
    SocketEvent leased = part.leased();
    if (leased == null || part.released() != null || !code.clients().isOwned(part.row())) {
      return false;
    }
    ClientLibrary library = code.clients().ofRow(part.row());
    for (StackTraceElement frame : leased.frames()) {
      if (code.application().test(frame)) {
        return false;
      }
      if (!code.application().isJdk(frame) && (library == null || !library.has(frame))) {
        return true;
      }
    }
    return true;
  }

  private static @Nullable ClientPart owner(ConnectionSnapshot connection) {
    ClientPart outermost = null;
    for (ClientPart part : connection.clientParts()) {
      outermost = part.made() != null ? part : outermost;
    }
    return outermost == null || outermost.closed() != null ? null : outermost;
  }

  /**
   * The stacks of the call that took it. A connection that was taken once has no other; of one that
   * was taken more often the opening was in another call, and maybe the use that a stack was taken
   * of.
   */
  private static List<List<StackTraceElement>> ownStacks(
      ConnectionSnapshot connection, @Nullable ClientPart part, ApplicationFrames application) {
    boolean once = part == null || part.leases() <= 1;
    List<List<StackTraceElement>> own = new ArrayList<>();
    if (part != null && part.leased() != null) {
      own.add(part.leased().frames());
    }
    SocketEvent use = connection.lastUse();
    if (use != null && (once || !connection.lastUseStackIsOlder())) {
      own.add(use.frames());
    }
    if (once) {
      own.add(connection.opened().frames());
    }
    for (int i = 0; i < own.size(); i++) {
      if (application.innermost(own.get(i)) != null) {
        own.add(0, own.remove(i));
        return own;
      }
    }
    return own;
  }

  /** Of the first stack with frames of a library, the libraries that the application called. */
  private static List<ClientLibrary> seen(
      ConnectionSnapshot connection,
      List<List<StackTraceElement>> own,
      ClientLibraries libraries,
      ApplicationFrames application) {
    List<List<StackTraceElement>> stacks = new ArrayList<>(own);
    if (connection.lastUse() != null) {
      stacks.add(connection.lastUse().frames());
    }
    stacks.add(connection.opened().frames());
    for (List<StackTraceElement> stack : stacks) {
      StackTraceElement caller = application.innermost(stack);
      List<StackTraceElement> inside =
          caller == null ? stack : stack.subList(0, stack.indexOf(caller));
      List<ClientLibrary> found = libraries.on(inside);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static ClientLibrary pooling(List<ClientLibrary> seen) {
    ClientLibrary best = seen.get(0);
    for (ClientLibrary library : seen) {
      best = library.idleRemedy() != null ? library : best;
    }
    return best;
  }
}
