package dev.closewait.connection;

import java.net.CloseWaitThrown;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns the unresolved stacks of the hooks into frames, each distinct stack once, so that a
 * connection costs the same whatever the depth of its stack.
 *
 * <p>Confined to the scanner thread.
 */
final class StackInterner {
  private static final String RUNTIME_PREFIX = "java.net.CloseWait";

  private final int capacity;
  private final SourceFiles files;
  private final Map<Key, StackTraceElement[]> stacks = new LinkedHashMap<>(64, 0.75f, true);
  private final IdentityHashMap<Throwable, StackTraceElement[]> resolvedInThisPass =
      new IdentityHashMap<>();

  /**
   * @param capacity distinct stacks kept; the least recently used are let go, which costs sharing
   *     and nothing else
   */
  StackInterner(int capacity, SourceFiles files) {
    this.capacity = capacity;
    this.files = files;
  }

  /** Connections accepted at one place often share one exception object. */
  StackTraceElement[] resolve(Throwable captured) {
    StackTraceElement[] known = resolvedInThisPass.get(captured);
    if (known == null) {
      StackTraceElement[] frames = withoutHooks(CloseWaitThrown.stack(captured));
      files.complete(frames);
      known = intern(frames);
      resolvedInThisPass.put(captured, known);
    }
    return known;
  }

  /** Lets go of the exceptions, which pin class loaders. */
  void endPass() {
    resolvedInThisPass.clear();
  }

  private StackTraceElement[] intern(StackTraceElement[] frames) {
    Key key = new Key(frames);
    StackTraceElement[] known = stacks.get(key);
    if (known != null) {
      return known;
    }
    if (stacks.size() >= capacity) {
      stacks.remove(stacks.keySet().iterator().next());
    }
    stacks.put(key, frames);
    return frames;
  }

  private static StackTraceElement[] withoutHooks(StackTraceElement[] frames) {
    int first = 0;
    while (first < frames.length && frames[first].getClassName().startsWith(RUNTIME_PREFIX)) {
      first++;
    }
    return first == 0 ? frames : Arrays.copyOfRange(frames, first, frames.length);
  }

  private static final class Key {
    private final StackTraceElement[] frames;
    private final int hash;

    Key(StackTraceElement[] frames) {
      this.frames = frames;
      this.hash = Arrays.hashCode(frames);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(frames, key.frames);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
