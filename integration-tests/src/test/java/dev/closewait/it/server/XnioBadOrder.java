package dev.closewait.it.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.channels.AcceptingChannel;

/**
 * Program: a server on XNIO that closes a connection once its order has been parsed; a bad order
 * throws past that, and XNIO logs what a listener throws.
 */
public final class XnioBadOrder {
  private static final int CLIENTS = 3;

  /** The agent has reported the others by then, and looks closer. */
  private static final int LATE_SECONDS = 12;

  private XnioBadOrder() {}

  /**
   * Runs until standard input ends.
   *
   * @param args "fixed" for a server that closes also then
   */
  public static void main(String[] args) throws Exception {
    boolean fixed = args.length > 0;
    AcceptingChannel<StreamConnection> server =
        Xnio.getInstance()
            .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1))
            .createStreamConnectionServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                listener -> accept(listener, fixed),
                OptionMap.EMPTY);
    server.resumeAccepts();
    int port = server.getLocalAddress(InetSocketAddress.class).getPort();
    for (int i = 1; i < CLIENTS; i++) {
      order(port);
    }
    Thread late = new Thread(() -> orderLate(port), "late-client");
    late.setDaemon(true);
    late.start();
    System.out.println("ready: port=" + port + " connections=" + CLIENTS);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void orderLate(int port) {
    try {
      TimeUnit.SECONDS.sleep(LATE_SECONDS);
      order(port);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void order(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.getOutputStream().write("ORDER seven".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void accept(AcceptingChannel<StreamConnection> listener, boolean fixed) {
    try {
      StreamConnection client = listener.accept();
      if (client != null) {
        client
            .getSourceChannel()
            .setReadListener(fixed ? source -> serveAndClose(client) : source -> serve(client));
        client.getSourceChannel().resumeReads();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(StreamConnection client) {
    try {
      client.getSourceChannel().suspendReads();
      ByteBuffer order = ByteBuffer.allocate(64);
      client.getSourceChannel().read(order); // LEAK
      parse(order);
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serveAndClose(StreamConnection client) {
    try (client) {
      ByteBuffer order = ByteBuffer.allocate(64);
      client.getSourceChannel().read(order);
      parse(order);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ORDER 7}. */
  private static int parse(ByteBuffer order) {
    return Integer.parseInt(new String(order.array(), 0, order.position(), US_ASCII).substring(6));
  }
}
