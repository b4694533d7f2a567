package dev.closewait.kernel;

import org.jspecify.annotations.Nullable;

/** Asks the kernel for the state of the TCP socket behind one descriptor of this process. */
@FunctionalInterface
public interface DescriptorStates {

  /** The state; null when it can not be told: closed descriptor, not TCP, not Linux. */
  @Nullable TcpState stateOf(int descriptor);
}
