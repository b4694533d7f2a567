package shapes;

import java.io.*;
import java.net.*;

/** What decides whether a close comes, and whether it has come for certain. */
class Decided {
  void closesUnlessEndIsRead(Socket client) {
    try {
      byte[] buffer = new byte[100];
      int n = client.getInputStream().read(buffer); // USE END_READ java.io.InputStream.read/java.net.Socket$SocketInputStream.read UNREACHED
      if (n > 0) { // IF
        client.getOutputStream().write(buffer, 0, n);
        client.close(); // CLOSE
      } else {
        System.out.println("gone");
      }
    } catch (IOException e) {
      System.out.println("failed");
    }
  }

  void closesWhateverIsRead(Socket client) throws IOException {
    byte[] buffer = new byte[100];
    int n = client.getInputStream().read(buffer); // USE END_READ java.io.InputStream.read/java.net.Socket$SocketInputStream.read
    if (n > 0) {
      client.getOutputStream().write(buffer, 0, n);
      client.close(); // CLOSE
    } else {
      client.close(); // CLOSE
    }
  }

  void closesUnlessWrapperReadsTheEnd(InputStream in) throws IOException {
    byte[] buffer = new byte[100];
    int n = in.read(buffer); // USE END_READ java.io.InputStream.read/java.io.BufferedInputStream.read
    if (n > 0) { // IF
      parse(new String(buffer, 0, n)); // THROWS
      in.close(); // CLOSE
    }
  }

  void wrapsInHeaderOfTry(Socket client) throws IOException {
    try (ObjectInputStream in = new ObjectInputStream(client.getInputStream())) { // USE USED java.io.ObjectInputStream.<init> THROWS CLOSE? RESOURCE
      client.getOutputStream().write(in.read());
    } // CLOSE?
  }

  void wrapsInHeaderOfTryBehindTheSocket(Socket client) throws IOException {
    try (Socket socket = client; // CLOSE? RESOURCE
        ObjectInputStream in = new ObjectInputStream(socket.getInputStream())) { // USE USED java.io.ObjectInputStream.<init> CLOSE?
      socket.getOutputStream().write(in.read());
    } // CLOSE?
  }

  void readsBeforeHeaderOfTry(Socket client) throws IOException {
    client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read THROWS
    try (ObjectInputStream in = new ObjectInputStream(client.getInputStream())) { // THROWS CLOSE? RESOURCE
      client.getOutputStream().write(in.read());
    } // CLOSE?
  }

  void closesInTheLineOfTheUse(Socket client) throws IOException {
    client.getInputStream().read(); client.close(); // USE USED java.net.Socket$SocketInputStream.read THROWS CLOSE
  }

  void writesText(Socket client, PrintWriter log) throws IOException {
    try {
      client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNLESS
      client.getOutputStream().write("200".trim().getBytes());
      log.println("gone: " + String.valueOf(client));
      client.close(); // CLOSE
    } catch (IOException gone) {
      log.println(gone);
      client.close(); // CLOSE
    }
  }

  void writesTextInCharsetByName(Socket client, Writer log) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
    log.write("gone"); // THROWS
    byte[] text = "200".getBytes("UTF-8"); // THROWS
    String part = "200".substring(text.length); // THROWS
    client.close(); // CLOSE
  }

  void endsSessionInTry(Socket client) {
    try (Session session = new Session(client)) { // CLOSE? RESOURCE BEFORE Decided$Session.close
      while (session.next() != null) { // USE END_READ shapes.Decided$Session.next
        System.out.println();
      }
    } catch (IOException e) { // CLOSE?
      System.out.println(e);
    }
  }

  void endsSessionUnlessInterrupted(Session session) throws IOException {
    try {
      session.next(); // USE END_READ shapes.Decided$Session.next THROWS
      Thread.sleep(10); // THROWS
    } catch (InterruptedException e) {
      return;
    }
    session.close(); // CLOSE
  }

  void endsSessionOfCondition(Session session, boolean last) throws IOException {
    session.next(); // USE END_READ shapes.Decided$Session.next THROWS
    if (last) { // IF
      session.close(); // CLOSE
    }
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream()));
  }

  private static void parse(String line) { Integer.parseInt(line); }

  static class Session implements Closeable {
    Session(Socket client) {}

    String next() throws IOException { return null; }

    @Override
    public void close() throws IOException {}
  }
}
