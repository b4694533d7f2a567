package shapes;

import java.io.*;
import java.net.*;
import java.util.*;

/** Methods that may close where it is not seen, and methods of which that can be ruled out. */
abstract class Doubtful extends Cleaner {
  private final Socket socket = new Socket();
  private final InputStream in = null;
  private final PrintWriter auditLog = null;
  private final FileWriter file = null;
  private final Session session = null;
  private final Registry registry = null;
  private final List<Object> all = new ArrayList<>();

  void run() throws IOException {
    readLoop(socket.getInputStream()); // USE USED shapes.Doubtful.readLoop UNCLEAR
  }

  void readLoop(InputStream ofSocket) throws IOException {
    while (ofSocket.read() >= 0) { // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
      System.out.println();
    }
    socket.close();
  }

  void closesAnotherField() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    socket.close();
  }

  void closesField(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    socket.close();
  }

  void closesItself(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    close();
  }

  void closesItsLog() throws IOException {
    readMessage(); // USE USED shapes.Doubtful.readMessage UNCLEAR
    auditLog.close();
  }

  void closesFile() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read
    file.close();
  }

  void cleansUpAsItsParentDoes() throws IOException {
    try {
      in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    } finally {
      cleanup();
    }
  }

  void cleansUpInSuper(Socket client) throws IOException {
    try {
      client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    } finally {
      super.cleanup();
    }
  }

  void leavesItToChildren() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    atEnd();
  }

  void terminatesWhatItUses(Session other) throws IOException {
    other.socket().getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    other.terminate();
  }

  void terminatesWhatMayHaveIt() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    session.terminate();
  }

  void asksForNames(Session other) throws IOException {
    other.socket().getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    System.out.println(other.getName());
  }

  void givesItselfAway() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    registry.removed(this);
  }

  void keepsItselfInList() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read
    all.remove(this);
  }

  void lendsItselfToLambda() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    all.forEach(each -> cleanup());
  }

  void closesTwoLevelsDown(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS
    done(client); // CLOSE BEFORE Doubtful.done
  }

  void opensAndClosesTwoLevelsDown(int port) throws IOException {
    Socket server = new Socket("localhost", port); // USE OPENED java.net.Socket.<init>
    done(server); // CLOSE BEFORE Doubtful.done
  }

  void keepsTwoLevelsDown(int port) throws IOException {
    Socket server = new Socket("localhost", port); // USE OPENED java.net.Socket.<init>
    remember(server); // HANDED INSIDE
  }

  void cleansUpTwoLevelsDown() throws IOException {
    in.read(); // USE USED java.net.Socket$SocketInputStream.read UNCLEAR
    cleanUpLater();
  }

  void takesTurns(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
    ping(client, 3);
  }

  void handlesInConstructor(ServerSocket listener) throws IOException {
    Socket client = listener.accept(); // USE OPENED java.net.ServerSocket.accept
    new ClientHandler(client); // HANDED
  }

  void wrapsAndReads(Socket client) throws IOException {
    Frames frames = new Frames(client.getInputStream());
    while (frames.next() != null) { // USE USED com.acme.Frames.next
      System.out.println();
    }
  }

  void wrapsAndStops(ServerSocket listener) throws IOException {
    Socket client = listener.accept(); // USE OPENED java.net.ServerSocket.accept
    Session of = new Session(client); // HANDED
    of.terminate();
  }

  void opensAndCleansUpOtherThings(int port) throws IOException {
    Socket server = new Socket("localhost", port); // USE OPENED java.net.Socket.<init>
    cleanup();
    socket.close();
    System.out.println("connected to " + server);
  }

  private void readMessage() throws IOException {
    in.read();
  }

  private static void done(Socket client) throws IOException {
    drop(client);
  }

  private static void drop(Socket client) throws IOException {
    client.close();
  }

  private void remember(Socket server) {
    rememberThat(server);
  }

  private void rememberThat(Socket server) {
    all.add(server);
  }

  private void cleanUpLater() {
    cleanup();
  }

  private static void ping(Socket client, int times) {
    if (times > 0) {
      pong(client, times);
    }
  }

  private static void pong(Socket client, int times) {
    ping(client, times - 1);
  }

  abstract void atEnd();

  static class ClientHandler extends Thread {
    ClientHandler(Socket client) {
      start();
    }
  }

  static class Frames {
    Frames(InputStream in) {}

    String next() {
      return null;
    }
  }

  static class Session {
    Session(Socket client) {}

    Socket socket() {
      return null;
    }

    String getName() {
      return "";
    }

    void terminate() {}
  }

  interface Registry {
    void removed(Object gone);
  }
}

class Cleaner {
  void cleanup() {}

  void close() {}
}
