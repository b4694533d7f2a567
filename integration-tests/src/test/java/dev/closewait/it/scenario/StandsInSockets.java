package dev.closewait.it.scenario;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/**
 * Three threads stand in the JDK's sockets until standard input ends; then the exception is printed
 * by which each leaves, and before that its stack, where the JDK makes that in Java.
 */
public final class StandsInSockets {
  /** In older JDKs the frames of {@code Thread.getStackTrace()} are native code's alone. */
  private static final int STACKS_MADE_IN_JAVA = 21;

  private StandsInSockets() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocket listener = Peers.listen();
    ServerSocketChannel channel = ServerSocketChannel.open().bind(Peers.anyPort());
    ServerSocket silent = Peers.listen();
    Socket client = Peers.connect(silent.getLocalPort());
    InputStream answer = client.getInputStream();
    List<Thread> threads =
        List.of(
            stand("accept", listener::accept),
            stand("accept", channel::accept),
            stand("read", answer::read));
    System.out.println("ready: 3 threads");
    System.in.transferTo(OutputStream.nullOutputStream());
    if (Runtime.version().feature() >= STACKS_MADE_IN_JAVA) {
      threads.forEach(thread -> List.of(thread.getStackTrace()).forEach(System.out::println));
    }
    leave(threads.get(0), listener);
    leave(threads.get(1), channel);
    leave(threads.get(2), client);
  }

  /** Returns once the thread stands in the method's native code. */
  private static Thread stand(String method, Peers.Task task) throws InterruptedException {
    Thread thread = Peers.daemon(() -> run(task));
    thread.start();
    boolean stands = false;
    while (!stands) {
      Thread.sleep(1);
      StackTraceElement[] stack = thread.getStackTrace();
      stands =
          stack.length > 1
              && stack[0].isNativeMethod()
              && List.of(stack).stream().anyMatch(frame -> frame.getMethodName().equals(method));
    }
    // The call that is counted as standing may be one that goes on for a moment.
    Thread.sleep(100);
    return thread;
  }

  private static void run(Peers.Task task) {
    try {
      task.run();
    } catch (Exception e) {
      e.printStackTrace(System.out);
    }
  }

  private static void leave(Thread thread, AutoCloseable closed) throws Exception {
    closed.close();
    thread.join();
  }
}
