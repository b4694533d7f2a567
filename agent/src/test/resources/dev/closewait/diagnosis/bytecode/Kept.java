package shapes;

import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.util.*;
import java.util.concurrent.*;

/** Connections in fields, keys and other hands; what is expected stands at the lines. */
class Kept {
  private final Socket socket = new Socket();
  private final InputStream in = null;
  private final ServerSocket listener = null;
  private final List<Socket> clients = new ArrayList<>();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private Socket current;

  void readsField() throws IOException {
    while (in.read() >= 0) { // USE END_READ java.net.Socket$SocketInputStream.read
      System.out.println();
    }
  }

  void closesField() throws IOException {
    try {
      in.read(); // USE USED java.net.Socket$SocketInputStream.read
    } finally {
      in.close(); // CLOSE
    }
  }

  void closesAnotherFieldOfItsOwn() throws IOException {
    readAll(); // USE USED shapes.Kept.readAll UNCLEAR
    socket.close();
  }

  void closesItself() throws IOException {
    readAll(); // USE USED shapes.Kept.readAll THROWS
    close(); // CLOSE BEFORE Kept.close
  }

  void closesItsListener() throws IOException {
    try {
      readAll(); // USE USED shapes.Kept.readAll
    } finally {
      listener.close();
    }
  }

  void putsIntoFieldAndClosesThat(Socket client) throws IOException {
    current = client;
    client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
    current.close(); // CLOSE
  }

  void closesInAnotherMethod(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS
    finish("done", client); // CLOSE BEFORE Kept.finish
  }

  void closesFieldInAnotherMethod() throws IOException {
    try {
      in.read(); // USE USED java.net.Socket$SocketInputStream.read
    } finally {
      release(); // CLOSE BEFORE Kept.release
    }
  }

  void looksIntoAnotherMethod(Socket client) throws IOException {
    client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
    log(client);
  }

  void keepsInField(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    current = client; // HANDED
  }

  void keepsInCollection(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    clients.add(client); // HANDED
  }

  void isInCollectionBefore(Socket client) throws IOException {
    clients.add(client);
    client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
    clients.remove(client);
  }

  void isInCollectionForOthers(Socket client) throws IOException {
    clients.add(client); // HANDED
    client.getOutputStream().write(1); // USE USED java.net.Socket$SocketOutputStream.write
  }

  void isWithAnotherThreadBefore(Socket client) throws IOException {
    pool.execute(() -> log(client)); // HANDED
    client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
  }

  void isCollectedUntilItIsQueued(Socket client, Queue<Socket> ended) throws IOException {
    clients.add(client);
    try {
      client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
    } finally {
      ended.add(client); // HANDED
    }
  }

  void givesBackOrCloses(Socket client) throws IOException {
    boolean ok = false;
    try {
      int answer = client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
      ok = answer >= 0;
    } finally {
      if (ok) remember(client); else client.close(); // IF HANDED CLOSE
    }
  }

  void queuesWhatFailed(Socket client, Queue<Socket> broken) throws IOException {
    try {
      client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS SWALLOWED
      client.close(); // CLOSE
    } catch (IOException gone) {
      broken.add(client); // HANDED
    }
  }

  void tellsOthersAndCloses(Socket client, Queue<Socket> busy) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS
    busy.add(client); // THROWS
    client.close(); // CLOSE
  }

  void keepsInCollectionElsewhere(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    remember(client); // HANDED
  }

  void givesToExecutor(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    pool.execute(() -> log(client)); // HANDED
  }

  void givesToThread(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    new Worker(client).start(); // HANDED
  }

  Object returnsInAnObject(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    return new Worker(client); // HANDED
  }

  void acceptsAndDrops(ServerSocketChannel channels) throws IOException {
    while (true) {
      SocketChannel client = channels.accept(); // USE OPENED sun.nio.ch.ServerSocketChannelImpl.accept
      client.configureBlocking(false);
    }
  }

  void acceptsAndCloses(ServerSocketChannel channels) throws IOException {
    while (true) {
      SocketChannel client = channels.accept(); // USE OPENED sun.nio.ch.ServerSocketChannelImpl.accept
      client.configureBlocking(false); // THROWS
      client.close(); // CLOSE
    }
  }

  void connectsAndCloses(int port) throws IOException {
    Socket server = new Socket("localhost", port); // USE OPENED java.net.Socket.<init>
    server.getOutputStream().write(1); // THROWS
    server.close(); // CLOSE
  }

  void servesKey(SelectionKey key, ByteBuffer buffer) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    int n = channel.read(buffer); // USE END_READ sun.nio.ch.SocketChannelImpl.read UNREACHED
    if (n > 0) { // IF
      channel.close(); // CLOSE
    }
    key.cancel();
  }

  void servesKeyWell(SelectionKey key, ByteBuffer buffer) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    if (channel.read(buffer) == -1) { // USE END_READ sun.nio.ch.SocketChannelImpl.read
      key.channel().close(); // CLOSE
      return;
    }
    buffer.flip();
  }

  void closesAllOfSeveral(Socket client, InputStream in) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS
    closeAll(in, client); // CLOSE BEFORE Kept.closeAll
  }

  String fetchesInTry(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    try (InputStream body = connection.getInputStream()) { // USE OPENED sun.net.www.protocol.http.HttpURLConnection.getInputStream THROWS SWALLOWED CLOSE? RESOURCE
      return String.valueOf(body.read()); // CLOSE?
    } catch (IOException e) { // CLOSE?
      return "none";
    }
  }

  void fetchesAndDisconnects(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    try {
      connection.getInputStream().read(); // USE OPENED sun.net.www.protocol.http.HttpURLConnection.getInputStream
    } finally {
      connection.disconnect(); // CLOSE
    }
  }

  void fetchesAndForgets(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    InputStream body = connection.getInputStream(); // USE OPENED sun.net.www.protocol.http.HttpURLConnection.getInputStream
    body.read();
  }

  void takesFromItself() throws IOException {
    Socket own = getSocket(); // USE OPENED shapes.Kept.getSocket UNCLEAR
    own.close();
  }

  void takesFromHolder(Turn turn) throws IOException {
    Socket held = turn.client(); // USE OPENED com.acme.Turn.client
    held.getInputStream().read(); // THROWS
    held.close(); // CLOSE
  }

  void acceptsAndServes(ServerSocketChannel channels) throws IOException {
    while (true) {
      serve(channels.accept()); // USE OPENED sun.nio.ch.ServerSocketChannelImpl.accept INSIDE
    }
  }

  private static void serve(SocketChannel client) {
    System.out.println(client);
  }

  void closesWhatItsHolderHas(Turn turn) throws IOException {
    turn.client().getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read
    leave(turn); // CLOSE BEFORE Kept.leave
  }

  void closesWhatMapReturns(Socket client, Map<String, Socket> all) throws IOException {
    client.getInputStream().read(); // USE END_READ java.net.Socket$SocketInputStream.read UNCLEAR
    all.get("this one").close();
  }

  private static void leave(Turn turn) throws IOException {
    turn.client().close();
  }

  interface Turn {
    Socket client();
  }

  private static void closeAll(Closeable... all) {}

  private void readAll() {}

  private Socket getSocket() { return socket; }

  public void close() {}

  private void release() throws IOException {
    in.close();
  }

  private static void finish(String why, Socket client) throws IOException {
    client.close();
  }

  private void remember(Socket client) {
    clients.add(client);
  }

  private static void log(Socket client) {
    System.out.println(client);
  }

  static class Worker extends Thread {
    Worker(Socket client) {}
  }
}
