package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves each client in a virtual thread, which forgets to close (JDK 21 and later). */
public final class VirtualThreads {
  private VirtualThreads() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    ExecutorService workers = executor();
    boolean fixed = Peers.isFixed(arguments);
    workers.submit(() -> acceptLoop(listener, workers, fixed));
    Peers.hangUp(listener.getLocalPort());
    Peers.stay(listener.getLocalPort());
  }

  /** By name, because these tests are compiled for Java 17. */
  static ExecutorService executor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static Void acceptLoop(ServerSocket listener, ExecutorService workers, boolean fixed)
      throws IOException {
    while (true) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      workers.submit(() -> serve(client, fixed));
    }
  }

  private static Void serve(Socket client, boolean fixed) throws IOException {
    InputStream in = client.getInputStream();
    int count = 0;
    while (in.read() >= 0) { // LEAK
      count++;
    }
    if (fixed && count > 0) {
      client.close();
    }
    return null;
  }
}
