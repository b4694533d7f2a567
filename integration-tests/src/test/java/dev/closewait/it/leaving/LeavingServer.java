package dev.closewait.it.leaving;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the servers have in common: accepts connections, and is visited by the first clients. */
final class LeavingServer {
  private static final int VISITS = 3;

  /** Keeps what leaks from the garbage collector. */
  private static final List<Object> KEPT = new CopyOnWriteArrayList<>();

  private LeavingServer() {}

  static boolean isFixed(String... arguments) {
    return Arrays.asList(arguments).contains("fixed");
  }

  static ExecutorService pool() {
    return Executors.newFixedThreadPool(2, LeavingServer::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "worker");
    thread.setDaemon(true);
    return thread;
  }

  /** Serves until standard input ends; each of the first clients sends one of the requests. */
  static void run(ExecutorService workers, Service service, String... requests) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(() -> acceptLoop(listener, workers, service)).start();
    stay(listener.getLocalPort(), requests);
  }

  private static void acceptLoop(ServerSocket listener, ExecutorService workers, Service service) {
    try {
      while (true) {
        Socket client = listener.accept();
        keep(client);
        workers.submit(
            () -> {
              service.serve(client);
              return null;
            });
      }
    } catch (IOException e) {
      System.out.println("ended: " + e);
    }
  }

  static void keep(Object connection) {
    KEPT.add(connection);
  }

  static void stay(int port, String... requests) throws IOException {
    for (String request : requests) {
      for (int i = 0; i < VISITS; i++) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
          server.getOutputStream().write(request.getBytes());
        }
      }
    }
    System.out.println("ready: port=" + port + " connections=" + VISITS * requests.length);
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  /** Serves one client; must close the socket. */
  @FunctionalInterface
  interface Service {
    void serve(Socket client) throws Exception;
  }
}
