package dev.closewait.it.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;

/** Program: a server on XNIO that answers, shuts its direction down, and takes that for a close. */
public final class XnioGoodbye {
  private static final int CLIENTS = 3;

  private XnioGoodbye() {}

  /**
   * Runs until standard input ends.
   *
   * @param args "fixed" for a server that closes
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
    for (int i = 0; i < CLIENTS; i++) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write('?');
        client.getInputStream().readAllBytes();
      }
    }
    System.out.println("ready: port=" + port + " connections=" + CLIENTS);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void accept(AcceptingChannel<StreamConnection> listener, boolean fixed) {
    try {
      StreamConnection client = listener.accept();
      if (client != null) {
        client.getSourceChannel().setReadListener(source -> serve(client, fixed));
        client.getSourceChannel().resumeReads();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(StreamConnection client, boolean fixed) {
    try {
      client.getSourceChannel().read(ByteBuffer.allocate(16));
      client.getSourceChannel().suspendReads();
      ConduitStreamSinkChannel sink = client.getSinkChannel();
      sink.write(ByteBuffer.wrap(new byte[] {'!'}));
      sink.shutdownWrites(); // LEAK
      sink.flush();
      if (fixed) {
        IoUtils.safeClose(client);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
