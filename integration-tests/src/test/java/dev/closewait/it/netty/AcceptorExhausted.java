package dev.closewait.it.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;

/**
 * A process runs out of descriptors while clients connect to its Netty server. With standard input
 * at its end it gives the descriptors back, waits until the clients are served, and ends.
 *
 * <p>Arguments: the transport; {@code silent} when the first failed accept shall be the first that
 * is logged in this JVM, {@code logged} otherwise; {@code leak} or {@code fixed}, which takes no
 * descriptors.
 */
public final class AcceptorExhausted {
  private static final int CLIENTS = 3;
  private static final int PAUSE_MILLIS = 200;

  private AcceptorExhausted() {}

  public static void main(String[] arguments) throws Exception {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    NettyTransport transport = NettyTransport.valueOf(arguments[0]);
    boolean logged = arguments[1].equals("logged");
    boolean fixed = arguments[2].equals("fixed");
    EventLoopGroup boss = transport.group(1, "boss");
    CountDownLatch served = new CountDownLatch(CLIENTS + 1);
    Channel server =
        new ServerBootstrap()
            .group(boss, transport.group(1, "worker"))
            .channel(transport.server())
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel child) {
                    child.closeFuture().addListener(closed -> served.countDown());
                  }
                })
            .bind(NettyPeers.anyPort()) // LEAK
            .sync()
            .channel();
    if (logged) {
      Logger.getLogger(AcceptorExhausted.class.getName()).info("up");
    }
    int port = NettyPeers.portOf(server);
    NettyPeers.hangUpOnce(port, 1); // loads what a connection needs
    while (served.getCount() > CLIENTS) {
      Thread.sleep(PAUSE_MILLIS);
    }
    List<Socket> clients = unconnected();
    List<FileInputStream> taken = fixed ? List.of() : takeAll();
    for (Socket client : clients) {
      client.connect(new InetSocketAddress("127.0.0.1", port));
      client.shutdownOutput(); // close would give a descriptor back
      if (fixed) {
        client.close();
      }
    }
    Thread.sleep(PAUSE_MILLIS);
    System.out.println("ready: port=" + port + " connections=" + CLIENTS);
    System.in.transferTo(OutputStream.nullOutputStream());
    for (FileInputStream file : taken) {
      file.close();
    }
    for (Socket client : clients) {
      client.close();
    }
    if (!boss.isTerminated()) {
      served.await();
    }
  }

  /** With a descriptor, before there are none. */
  private static List<Socket> unconnected() throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Socket client = new Socket();
      client.bind(null);
      clients.add(client);
    }
    return clients;
  }

  private static List<FileInputStream> takeAll() {
    List<FileInputStream> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException refused) {
      return taken;
    }
  }
}
