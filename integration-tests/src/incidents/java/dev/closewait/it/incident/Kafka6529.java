package dev.closewait.it.incident;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.NetworkReceive;
import org.apache.kafka.common.network.NetworkSend;
import org.apache.kafka.common.network.PlaintextChannelBuilder;
import org.apache.kafka.common.network.Selector;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * KAFKA-6529: the broker mutes a connection while it answers a request; the client goes away with
 * another request staged, which nobody takes from a muted connection, and so nobody closes it.
 *
 * <p>The loop does what {@code kafka.network.Processor} does with its selector.
 */
public final class Kafka6529 {
  private static final int REQUEST_BYTES = 8;

  private Kafka6529() {}

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel listener = ServerSocketChannel.open().bind(Peers.anyPort());
    int port = listener.socket().getLocalPort();
    PlaintextChannelBuilder channels = new PlaintextChannelBuilder();
    channels.configure(Map.of());
    Selector selector =
        new Selector(-1, new Metrics(), Time.SYSTEM, "broker", channels, new LogContext());
    for (int i = 0; i < Peers.CONNECTIONS; i++) {
      Socket client = sendTwoRequests(port);
      SocketChannel accepted = listener.accept();
      accepted.configureBlocking(false);
      selector.register("client-" + i, accepted);
      NetworkReceive request = poll(selector);
      selector.mute(request.source());
      client.setSoLinger(true, 0);
      client.close();
      Thread.sleep(50);
      selector.send(new NetworkSend(request.source(), ByteBuffer.allocate(1)));
      selector.poll(0); // LEAK
      selector.poll(0);
    }
    Peers.daemon(
        () -> {
          while (true) {
            selector.poll(100);
          }
        });
    Peers.stay(port, Peers.CONNECTIONS);
  }

  private static Socket sendTwoRequests(int port) throws Exception {
    Socket client = new Socket("127.0.0.1", port);
    ByteBuffer requests = ByteBuffer.allocate(2 * (Integer.BYTES + REQUEST_BYTES));
    requests.putInt(0, REQUEST_BYTES).putInt(Integer.BYTES + REQUEST_BYTES, REQUEST_BYTES);
    client.getOutputStream().write(requests.array());
    return client;
  }

  private static NetworkReceive poll(Selector selector) throws Exception {
    do {
      selector.poll(100);
    } while (selector.completedReceives().isEmpty());
    return selector.completedReceives().get(0);
  }
}
