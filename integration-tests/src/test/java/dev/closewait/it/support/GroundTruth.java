package dev.closewait.it.support;

/** Which sockets of the kernel are the connections of a cause. */
public final class GroundTruth {
  private GroundTruth() {}

  /** How many connections the kernel shows for a cause, in a process and on a listening port. */
  public static int count(String cause, KernelTable kernel, int port) {
    return switch (cause) {
      case "LISTENER_NOT_REGISTERED", "NEVER_ACCEPTED" -> kernel.closeWaitInAcceptQueue(port);
      case "DEAD_NOT_CLOSED" -> kernel.deadDescriptors();
      case "HALF_CLOSED" -> kernel.deadDescriptors() + kernel.count(KernelTable.CLOSE_WAIT);
      default -> kernel.count(KernelTable.CLOSE_WAIT);
    };
  }
}
