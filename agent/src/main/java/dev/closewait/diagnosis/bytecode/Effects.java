package dev.closewait.diagnosis.bytecode;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an instruction, or a whole method, does to what it works on, by the origins of that. */
final class Effects {
  static final Effects NONE = new Effects();

  private final Set<Origin> closed = new HashSet<>();
  private final Set<Origin> unread = new HashSet<>();
  private final Map<Origin, String> handedOn = new LinkedHashMap<>();
  private final Map<Origin, String> collected = new LinkedHashMap<>();

  /** Closes them, or what they are part of. */
  void close(Set<Origin> origins) {
    closed.addAll(origins);
  }

  /** Calls code with them that is not read: it may close them. */
  void leaveUnread(Set<Origin> origins) {
    unread.addAll(origins);
  }

  void handOn(Set<Origin> origins, String to) {
    origins.forEach(origin -> handedOn.putIfAbsent(origin, to));
  }

  /** Puts them into a collection, where somebody may look for them. */
  void collect(Set<Origin> origins, String to) {
    origins.forEach(origin -> collected.putIfAbsent(origin, to));
  }

  /**
   * Adds what another method does.
   *
   * @param words an origin of that method in those of this one
   */
  void add(Effects inside, Function<Origin, Set<Origin>> words) {
    inside.closed.forEach(origin -> close(words.apply(origin)));
    inside.unread.forEach(origin -> leaveUnread(words.apply(origin)));
    inside.handedOn.forEach((origin, to) -> handOn(words.apply(origin), to));
    inside.collected.forEach((origin, to) -> collect(words.apply(origin), to));
  }

  Set<Origin> closed() {
    return closed;
  }

  Set<Origin> unread() {
    return unread;
  }

  /** Null when it is not given to anybody who acts on it. */
  @Nullable String handsOn(Resource used) {
    return of(used, handedOn);
  }

  /** Null when it is not put into a collection. */
  @Nullable String collects(Resource used) {
    return of(used, collected);
  }

  private static @Nullable String of(Resource used, Map<Origin, String> given) {
    for (Map.Entry<Origin, String> each : given.entrySet()) {
      if (used.isItself(Set.of(each.getKey()))) {
        return each.getValue();
      }
    }
    return null;
  }
}
