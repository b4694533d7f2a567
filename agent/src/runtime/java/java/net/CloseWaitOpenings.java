package java.net;

import java.io.FileDescriptor;
import java.nio.channels.Channel;

/** The ways in which a connection or listening socket gets its record. */
final class CloseWaitOpenings {
  private CloseWaitOpenings() {}

  /** The record of a descriptor that is read or written; null when there is none. */
  static CloseWaitRecord transferring(FileDescriptor fd) {
    int descriptor = CloseWaitFields.descriptor(fd);
    if (descriptor < 0) {
      CloseWaitCanary.reached();
      return null;
    }
    CloseWaitRecord entry = CloseWaitControl.TABLE.get(descriptor);
    if (entry == null && CloseWaitControl.adopting()) {
      entry = fresh(fd, descriptor, CloseWaitRecord.ADOPTED, (byte) 0, null);
      return entry == null ? null : CloseWaitControl.adopt(entry);
    }
    return entry;
  }

  /**
   * The record of a handle; null when its descriptor is not recorded, or belongs to another handle
   * by now.
   */
  static CloseWaitRecord recordOf(Object handle) {
    int descriptor = CloseWaitFields.descriptorOf(handle);
    if (descriptor < 0) {
      CloseWaitCanary.reached();
      return null;
    }
    CloseWaitRecord entry = CloseWaitControl.TABLE.get(descriptor);
    if (entry == null) {
      return null;
    }
    Object known =
        entry.kind() == CloseWaitRecord.ADOPTED ? CloseWaitFields.fileDescriptorOf(handle) : handle;
    return known != null && entry.refersTo(known) ? entry : null;
  }

  static void accepted(Object handle, CloseWaitRecord listener) {
    if (!CloseWaitFields.isInternet(handle)) {
      return;
    }
    int descriptor = CloseWaitFields.descriptorOf(handle);
    CloseWaitRecord entry =
        fresh(
            handle,
            descriptor,
            CloseWaitRecord.ACCEPTED,
            CloseWaitFields.transportOf(handle),
            listener);
    if (entry != null) {
      CloseWaitFields.copyEndpoints(handle, entry);
      acceptedAt(entry, listener);
      add(entry);
    }
  }

  /**
   * The accept stack of one listener and thread is almost always the same: when the budget is used
   * up, the last one stands in for it.
   */
  private static void acceptedAt(CloseWaitRecord entry, CloseWaitRecord listener) {
    boolean sampled = CloseWaitControl.BUDGET.take(CloseWaitBudget.OPEN, entry.site());
    if (listener != null) {
      Object own = listener.acceptedOne(CloseWaitControl.clock(), sampled);
      Object stack = sampled ? own : listener.acceptStackOf(Thread.currentThread());
      entry.openedAt(stack, !sampled);
    } else if (sampled) {
      entry.openedAt(new CloseWaitStack(), false);
    }
  }

  static void connecting(Object handle, SocketAddress remote) {
    if (!(remote instanceof InetSocketAddress) || recordOf(handle) != null) {
      return;
    }
    if (handle instanceof Channel && !((Channel) handle).isOpen()) {
      return;
    }
    CloseWaitRecord entry =
        fresh(
            handle,
            CloseWaitFields.descriptorOf(handle),
            CloseWaitRecord.CONNECTED,
            CloseWaitFields.transportOf(handle),
            null);
    if (entry != null) {
      entry.endpoints(null, 0, remote, ((InetSocketAddress) remote).getPort());
      entry.pending(true);
      if (CloseWaitControl.BUDGET.take(CloseWaitBudget.OPEN, entry.site())) {
        entry.openedAt(new CloseWaitStack(), false);
      }
      add(entry);
    }
  }

  static void connected(Object handle) {
    CloseWaitRecord entry = recordOf(handle);
    if (entry != null) {
      entry.pending(false);
      CloseWaitFields.copyEndpoints(handle, entry);
    }
  }

  /** Listening sockets are few and long-lived: their stack is always taken. */
  static void listening(Object handle) {
    if (recordOf(handle) != null || !CloseWaitFields.isInternet(handle)) {
      return;
    }
    CloseWaitRecord entry =
        fresh(
            handle,
            CloseWaitFields.descriptorOf(handle),
            CloseWaitRecord.LISTENING,
            CloseWaitFields.transportOf(handle),
            null);
    if (entry != null) {
      CloseWaitFields.copyEndpoints(handle, entry);
      entry.openedAt(new CloseWaitStack(), false);
      CloseWaitControl.add(entry);
    }
  }

  private static void add(CloseWaitRecord entry) {
    CloseWaitControl.add(entry);
    CloseWaitWatch watch = CloseWaitWatch.current;
    if (watch != null) {
      watch.used(entry);
    }
  }

  private static CloseWaitRecord fresh(
      Object handle, int descriptor, byte kind, byte transport, CloseWaitRecord listener) {
    long id = CloseWaitControl.nextId(descriptor);
    return id < 0 ? null : new CloseWaitRecord(handle, descriptor, kind, transport, listener, id);
  }
}
