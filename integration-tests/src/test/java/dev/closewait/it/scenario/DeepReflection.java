package dev.closewait.it.scenario;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Says how the JDK refuses to open its inner parts to an application. */
public final class DeepReflection {
  private DeepReflection() {}

  public static void main(String[] arguments) throws Exception {
    Class<?> channel = SocketChannel.open().getClass();
    for (Class<?> type : List.of(Socket.class, InetAddress.class, channel)) {
      try {
        type.getDeclaredFields()[0].setAccessible(true);
        System.out.println(type.getName() + ": accessible");
      } catch (RuntimeException refused) {
        // Without the identity hash of the module.
        System.out.println(refused.toString().replaceFirst("@[0-9a-f]+", ""));
      }
    }
  }
}
