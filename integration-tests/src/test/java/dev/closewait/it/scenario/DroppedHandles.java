package dev.closewait.it.scenario;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Drops sockets and channels without close, in threads as its argument says, and counts those that
 * the garbage collector could not take.
 */
public final class DroppedHandles {
  private static final int EACH = 200;
  private static final int ROUNDS = 20;

  private static final List<WeakReference<Object>> DROPPED = new ArrayList<>();

  private DroppedHandles() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    Peers.start(() -> acceptLoop(listener));
    int port = listener.getLocalPort();
    switch (arguments[0]) {
      case "platform" -> dropInExecutor(Executors.newFixedThreadPool(4, Peers::daemon), port);
      case "virtual" -> dropInExecutor(VirtualThreads.executor(), port);
      case "parked" -> dropInParkedThreads(port);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    long alive = 2 * EACH;
    for (int i = 0; i < ROUNDS && alive > 0; i++) {
      Peers.collectGarbage();
      synchronized (DROPPED) {
        alive = DROPPED.stream().filter(handle -> handle.get() != null).count();
      }
    }
    System.out.println("dropped " + DROPPED.size() + ", alive " + alive);
  }

  private static void dropInExecutor(ExecutorService executor, int port) throws Exception {
    for (int i = 0; i < EACH; i++) {
      executor.submit(() -> remember(socket(port))).get();
      executor.submit(() -> remember(channel(port))).get();
    }
  }

  /** Virtual threads that nobody refers to, each parked with its handle on its stack. */
  private static void dropInParkedThreads(int port) throws Exception {
    ExecutorService executor = VirtualThreads.executor();
    for (int i = 0; i < EACH; i++) {
      executor.submit(() -> park(socket(port)));
      executor.submit(() -> park(channel(port)));
    }
    for (int size = 0; size < 2 * EACH; ) {
      Thread.sleep(10);
      synchronized (DROPPED) {
        size = DROPPED.size();
      }
    }
  }

  private static Object park(Object handle) {
    remember(handle);
    while (true) {
      LockSupport.park(handle);
    }
  }

  private static Object socket(int port) throws IOException {
    Socket socket = Peers.connect(port);
    socket.getOutputStream().write('?');
    return socket;
  }

  private static Object channel(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
  }

  private static Object remember(Object handle) {
    synchronized (DROPPED) {
      DROPPED.add(new WeakReference<>(handle));
    }
    return "dropped";
  }

  private static void acceptLoop(ServerSocket listener) throws IOException {
    while (true) {
      Peers.KEPT.add(listener.accept());
    }
  }
}
