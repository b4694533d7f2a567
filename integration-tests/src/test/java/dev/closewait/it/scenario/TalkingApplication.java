package dev.closewait.it.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaks connections, and says all it does on both outputs, as its first argument wants it; nothing
 * that it says depends on time or chance.
 */
public final class TalkingApplication {
  private static final int LARGE_BLOCK_BYTES = 1 << 18;
  private static final int SMALL_BLOCK_BYTES = 1 << 8;
  private static final int TIMES_FULL = 100;
  private static final int BETWEEN_MILLIS = 20;

  private TalkingApplication() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("out: begins " + arguments[0]);
    System.err.println("err: begins " + arguments[0]);
    switch (arguments[0]) {
      case "leaks" -> leakAndStay();
      case "throws" -> {
        leakAndStay();
        throw new IllegalStateException("thrown on purpose");
      }
      case "exits" -> exitElsewhere();
      case "halts" -> haltInHook();
      case "replaces" -> replaceStreams();
      case "fills" -> fillHeap();
      case "exhausts" -> exhaustDescriptors();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("out: ends");
    System.err.println("err: ends");
  }

  private static void leakAndStay() throws IOException {
    leak();
    stay();
  }

  /** Until the test ends standard input. */
  private static void stay() throws IOException {
    System.out.println("out: stays");
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static void leak() throws IOException {
    ServerSocket listener = Peers.listen();
    Peers.KEPT.add(listener);
    Peers.hangUp(listener.getLocalPort());
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      Socket client = listener.accept();
      Peers.KEPT.add(client);
      System.out.println("out: read " + client.getInputStream().readAllBytes().length);
    }
  }

  private static void exitElsewhere() throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("out: hook")));
    leakAndStay();
    Peers.start(() -> System.exit(3)).join();
    Thread.sleep(Long.MAX_VALUE);
  }

  private static void haltInHook() throws IOException {
    leakAndStay();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  System.err.println("err: halts");
                  Runtime.getRuntime().halt(4);
                }));
  }

  /** The agent must neither write to them nor hold them. */
  private static void replaceStreams() throws IOException {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    System.setOut(new PrintStream(replaced, true));
    System.setErr(new PrintStream(replaced, true));
    leakAndStay();
    System.setOut(out);
    System.setErr(err);
    System.out.println("out: replaced streams took " + replaced.toString().replace('\n', '|'));
  }

  /**
   * Again and again there is no room for the smallest object, and then for some. Once the agent has
   * reported: a heap that is full while it still starts breaks classes that it needs.
   */
  private static void fillHeap() throws IOException, InterruptedException {
    leakAndStay();
    List<byte[]> large = new ArrayList<>(1 << 16);
    List<byte[]> small = new ArrayList<>(1 << 20);
    fill(large, LARGE_BLOCK_BYTES);
    large.remove(large.size() - 1);
    large.remove(large.size() - 1);
    for (int i = 0; i < TIMES_FULL; i++) {
      fill(small, SMALL_BLOCK_BYTES);
      Thread.sleep(BETWEEN_MILLIS);
      small.clear();
    }
    large.clear();
    System.out.println("out: heap was full");
  }

  private static void fill(List<byte[]> blocks, int bytes) {
    try {
      while (blocks.size() < Integer.MAX_VALUE) {
        blocks.add(new byte[bytes]);
      }
    } catch (OutOfMemoryError full) {
      blocks.remove(blocks.size() - 1);
    }
  }

  private static void exhaustDescriptors() throws IOException {
    List<ServerSocket> all = new ArrayList<>();
    leak();
    try {
      while (all.size() < Integer.MAX_VALUE) {
        all.add(Peers.listen());
      }
    } catch (SocketException exhausted) {
      System.out.println("out: " + exhausted.getMessage());
    }
    stay();
    for (ServerSocket listener : all) {
      listener.close();
    }
  }
}
