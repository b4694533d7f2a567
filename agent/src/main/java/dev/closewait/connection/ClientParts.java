package dev.closewait.connection;

import java.net.CloseWaitClients;
import java.net.CloseWaitThing;
import java.net.CloseWaitThings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's view of the objects of client libraries: refines them once per scan, and finds those
 * that a connection belongs to.
 *
 * <p>Confined to the scanner thread.
 */
final class ClientParts {
  /** A socket, its connection, a wrapper with TLS, an entry, a pool, a client. */
  private static final int LONGEST_CHAIN = 10;

  private final CloseWaitThings things = CloseWaitClients.things();
  private final RecordKeeper keeper;

  ClientParts(RecordKeeper keeper) {
    this.keeper = keeper;
  }

  /** Forgets what was collected, and resolves stacks that are old enough. */
  void refine(long now) {
    if (things.size() == 0) {
      return;
    }
    things.purge();
    for (int chain = 0; chain < things.chains(); chain++) {
      for (CloseWaitThing thing = things.first(chain); thing != null; thing = things.after(thing)) {
        refine(thing, now);
      }
    }
  }

  private void refine(CloseWaitThing thing, long now) {
    keeper.refine(thing.made(), now);
    keeper.refine(thing.closed(), now);
    keeper.refine(thing.leased(), now);
    keeper.refine(thing.released(), now);
  }

  /** From the inside out; empty when no signature has told of the connection. */
  List<ClientPart> of(@Nullable Object handle) {
    List<ClientPart> parts = new ArrayList<>();
    CloseWaitThing thing = things.get(handle);
    for (int depth = 0; thing != null && depth < LONGEST_CHAIN; depth++) {
      parts.add(part(thing));
      thing = thing.whole();
    }
    return parts;
  }

  private ClientPart part(CloseWaitThing thing) {
    return new ClientPart(
        thing.id(),
        thing.row(),
        keeper.event(thing.made()),
        keeper.event(thing.closed()),
        keeper.event(thing.leased()),
        keeper.event(thing.released()),
        thing.leases(),
        SnapshotFactory.thread(thing.holder()));
  }
}
