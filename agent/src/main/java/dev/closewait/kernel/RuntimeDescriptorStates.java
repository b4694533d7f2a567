package dev.closewait.kernel;

import dev.closewait.log.AgentLog;
import java.net.CloseWaitSockets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Asks through the runtime half, which may call the JDK's own {@code getsockopt}. */
final class RuntimeDescriptorStates implements DescriptorStates {

  private static final Logger LOG = AgentLog.logger(RuntimeDescriptorStates.class);

  private boolean missing;

  @Override
  public @Nullable TcpState stateOf(int descriptor) {
    if (missing) {
      return null;
    }
    try {
      return TcpState.fromCode(CloseWaitSockets.tcpState(descriptor));
    } catch (LinkageError e) {
      // The command line and a unit test have no runtime half; asking again would not bring it.
      missing = true;
      LOG.debug("TCP states can not be asked by descriptor: {}", e.toString());
      return null;
    }
  }
}
