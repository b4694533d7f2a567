package dev.closewait.kernel;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The descriptors of one process, as {@code /proc/PID/fd} shows them.
 *
 * <p>Reading a link takes no descriptor; listing the directory takes one.
 */
final class ProcessDescriptors {

  /** Where probing ends when the limit is higher, or not known: about 0.3 s. */
  private static final int MAX_PROBED = 65_536;

  /** What a socket's link reads (sockfs_dname in net/socket.c). */
  private static final String SOCKET_PREFIX = "socket:[";

  private final File directory;
  private final DescriptorLimit limit;
  private final int usedByListing;

  ProcessDescriptors(File directory, DescriptorLimit limit, int usedByListing) {
    this.directory = directory;
    this.limit = limit;
    this.usedByListing = usedByListing;
  }

  /**
   * Those of the process we are; its limit is read now, so that it is known when nothing can be
   * opened.
   */
  static ProcessDescriptors ofSelf(File process) {
    return new ProcessDescriptors(
        new File(process, "fd"), DescriptorLimit.read(new File(process, "limits")), 1);
  }

  /** Those of another process. */
  static ProcessDescriptors ofOther(File process) {
    return new ProcessDescriptors(
        new File(process, "fd"), DescriptorLimit.read(new File(process, "limits")), 0);
  }

  /** Which descriptors are open now. */
  OpenDescriptors open() {
    if (!directory.exists()) {
      return new OpenDescriptors.Unavailable(directory + " does not exist or may not be seen");
    }
    String[] names = directory.list();
    return names == null ? probe() : listed(names);
  }

  private OpenDescriptors listed(String[] names) {
    List<Integer> numbers = new ArrayList<>(names.length);
    for (String name : names) {
      try {
        numbers.add(Integer.valueOf(name));
      } catch (NumberFormatException e) {
        return new OpenDescriptors.Unavailable(directory + " holds \"" + name + "\"");
      }
    }
    int count = Math.max(0, numbers.size() - usedByListing);
    return new OpenDescriptors.Found(numbers, count, null);
  }

  /**
   * Asks number by number: how a process sees its descriptors that has none left to list them with.
   */
  private OpenDescriptors probe() {
    long last = Math.min(limit.soft().orElse(MAX_PROBED), MAX_PROBED);
    List<Integer> numbers = new ArrayList<>();
    try {
      for (int number = 0; number < last; number++) {
        if (DescriptorLink.target(directory, number) != null) {
          numbers.add(number);
        }
      }
    } catch (IOException e) {
      return new OpenDescriptors.Unavailable(directory + " can not be read: " + reason(e));
    }
    if (numbers.isEmpty()) {
      return new OpenDescriptors.Unavailable(directory + " can not be listed");
    }
    String missing = directory + " can not be listed; descriptors from " + last + " on not seen";
    return new OpenDescriptors.Found(numbers, numbers.size(), reaches(last) ? null : missing);
  }

  private boolean reaches(long last) {
    return limit.soft().isPresent() && limit.soft().getAsLong() <= last;
  }

  /** Which of these descriptors are sockets, and their inodes. */
  SocketLinks links(Collection<Integer> numbers) {
    Map<Integer, Long> inodes = new HashMap<>();
    int unreadable = 0;
    String reason = "";
    for (int number : numbers) {
      try {
        String target = DescriptorLink.target(directory, number);
        if (target != null && target.startsWith(SOCKET_PREFIX)) {
          inodes.put(number, inode(target));
        }
      } catch (IOException e) {
        unreadable++;
        reason = reason(e);
      }
    }
    String missing = unreadable + " descriptors not looked at: " + reason;
    return new SocketLinks(inodes, unreadable == 0 ? null : missing);
  }

  private static long inode(String target) throws IOException {
    try {
      return Long.parseLong(target.substring(SOCKET_PREFIX.length(), target.length() - 1));
    } catch (NumberFormatException e) {
      throw new IOException("a link reads \"" + target + "\"", e);
    }
  }

  /** The exceptions of java.nio.file often carry nothing but the path as their message. */
  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** The numbers of descriptors, given what {@link #open()} found. */
  DescriptorUsage usage(OpenDescriptors open) {
    List<String> missing = new ArrayList<>();
    OptionalInt count = OptionalInt.empty();
    if (open instanceof OpenDescriptors.Found found) {
      count = OptionalInt.of(found.count());
      if (found.missing() != null) {
        missing.add(found.missing());
      }
    } else if (open instanceof OpenDescriptors.Unavailable unavailable) {
      missing.add(unavailable.reason());
    }
    if (limit.missing() != null) {
      missing.add(limit.missing());
    }
    return new DescriptorUsage(count, limit.soft(), missing);
  }
}
