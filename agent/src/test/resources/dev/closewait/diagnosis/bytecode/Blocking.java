package shapes;

import java.io.*;
import java.net.*;

/** Ways to serve a blocking socket; what CloseShapesTest expects of each stands at its lines. */
class Blocking {
  void forgets(Socket client) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
    while (in.readLine() != null) { // USE END_READ java.io.BufferedReader.readLine
      answer(client);
    }
  }

  void closesInFinally(Socket client) throws IOException {
    try {
      BufferedReader in = reader(client);
      while (in.readLine() != null) { // USE END_READ java.io.BufferedReader.readLine
        answer(client);
      }
    } finally {
      client.close(); // CLOSE
    }
  }

  void closesByTryWithResources(Socket client) throws IOException {
    try (BufferedReader in = reader(client)) { // CLOSE? RESOURCE
      while (in.readLine() != null) { // USE END_READ java.io.BufferedReader.readLine
        answer(client);
      }
    } // CLOSE?
  }

  void closesTwoByTryWithResources(Socket client) throws IOException {
    try (Socket socket = client; // CLOSE? RESOURCE
        BufferedReader in = reader(socket)) { // CLOSE?
      in.readLine(); // USE USED java.io.BufferedReader.readLine
      answer(socket);
    } // CLOSE?
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

  void closesOnlyAtTheEnd(Socket client) throws IOException {
    BufferedReader in = reader(client);
    for (String line = in.readLine(); line != null; line = in.readLine()) { // USE USED java.io.BufferedReader.readLine THROWS
      answer(client); // THROWS
    }
    client.close(); // CLOSE
  }

  void closesAtTheEndThroughReader(Socket client) throws IOException {
    BufferedReader in = reader(client);
    String line = in.readLine(); // USE END_READ java.io.BufferedReader.readLine
    parse(line); // THROWS
    in.close(); // CLOSE
  }

  void returnsEarly(Socket client) throws IOException {
    BufferedReader in = reader(client);
    String line = in.readLine(); // USE END_READ java.io.BufferedReader.readLine
    if (line == null) {
      return; // RETURNS
    }
    parse(line); // THROWS
    client.close(); // CLOSE
  }

  int returnsValueEarly(InputStream in) throws IOException {
    int n = in.read(); // USE END_READ java.net.Socket$SocketInputStream.read
    if (n < 0) {
      return -1; // RETURNS UNREACHED
    }
    in.close(); // CLOSE
    return n;
  }

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

  void closesWhenEndIsRead(InputStream in) throws IOException {
    byte[] buffer = new byte[100];
    while (true) {
      int n = in.read(buffer); // USE END_READ java.net.Socket$SocketInputStream.read
      if (n == -1) {
        in.close(); // CLOSE
        return;
      }
      parse(new String(buffer, 0, n));
    }
  }

  void closesWhenEndIsReadButNotWhenItFails(InputStream in) throws IOException {
    byte[] buffer = new byte[100];
    while (true) {
      int n = in.read(buffer); // USE USED java.net.Socket$SocketInputStream.read THROWS
      if (n == -1) {
        in.close(); // CLOSE
        return;
      }
      parse(new String(buffer, 0, n)); // THROWS
    }
  }

  void takesEndForNothingYet(InputStream in) throws IOException {
    byte[] buffer = new byte[100];
    while (true) {
      int n = in.read(buffer); // USE END_READ java.net.Socket$SocketInputStream.read UNREACHED LOOPS
      if (n <= 0) {
        continue;
      }
      if (buffer[0] == 'q') {
        in.close(); // CLOSE
        return;
      }
    }
  }

  void breaksToTheClose(InputStream in) throws IOException {
    byte[] buffer = new byte[100];
    for (; ; ) {
      int n = in.read(buffer); // USE END_READ java.net.Socket$SocketInputStream.read
      if (n == -1) break;
      parse(new String(buffer, 0, n));
    }
    in.close(); // CLOSE
  }

  void swallowsException(Socket client) {
    try {
      BufferedReader in = reader(client);
      while (in.readLine() != null) { // USE FAILED java.io.BufferedReader.readLine THROWS SWALLOWED
        answer(client);
      }
      client.close(); // CLOSE
    } catch (IOException gone) {
      System.out.println("gone");
    }
  }

  void closesInCatchToo(Socket client) {
    try {
      BufferedReader in = reader(client);
      while (in.readLine() != null) { // USE FAILED java.io.BufferedReader.readLine
        answer(client);
      }
      client.close(); // CLOSE
    } catch (IOException gone) {
      closeQuietly(client); // CLOSE
    }
  }

  void catchesOnlyIoException(Socket client) throws IOException {
    BufferedReader in = reader(client);
    try {
      String line = in.readLine(); // USE USED java.io.BufferedReader.readLine
      parse(line); // THROWS
      client.close(); // CLOSE
    } catch (IOException gone) {
      client.close(); // CLOSE
    }
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

  void closesUnderCondition(Socket client, boolean last) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
    if (last) { // IF
      client.close(); // CLOSE
    }
  }

  void closesUnlessItIsClosed(Socket client) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine UNLESS
    if (client != null && !client.isClosed()) {
      client.close(); // CLOSE
    }
  }

  void throwsItself(Socket client) throws IOException {
    String line = reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
    if (line == null) {
      throw new EOFException("no order"); // THROWS
    }
    client.close(); // CLOSE
  }

  void readsWhatThrowsAtTheEnd(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    while (in.readInt() != 0) { // USE END_READ java.io.DataInputStream.readInt THROWS
      answer(client); // THROWS
    }
    in.close(); // CLOSE
  }

  void hasItsFramesReadElsewhere(Socket client) throws IOException {
    Frames frames = new Frames(client.getInputStream());
    while (frames.next() != null) { // USE END_READ com.acme.Frames.next THROWS
      answer(client); // THROWS
    }
    client.close(); // CLOSE
  }

  void closesInMonitor(Socket client) throws IOException {
    try {
      synchronized (this) {
        parse(reader(client).readLine()); // USE USED java.io.BufferedReader.readLine
      }
    } finally {
      client.close(); // CLOSE
    }
  }

  void closesOtherThings(Socket client, FileReader orders) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
    orders.close();
  }

  void closesWhatMayReadTheSame(Socket client, Reader orders) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine UNCLEAR
    orders.close();
  }

  void catchesIoExceptionAndSkipsIndex(Socket client, byte[] types) throws IOException {
    try {
      int type = client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNLESS
      types[type]++;
    } catch (IOException gone) {
      client.close(); // CLOSE
    }
    client.close(); // CLOSE
  }

  void catchesWhateverComes(Socket client, byte[] types) throws IOException {
    try {
      int type = client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read
      types[type]++;
    } catch (IOException | RuntimeException gone) {
      client.close(); // CLOSE
      return;
    }
    client.close(); // CLOSE
  }

  void catchesWrongIndexBeforeAll(Socket client, byte[] types) throws IOException {
    try {
      int type = client.getInputStream().read(); // USE USED java.net.Socket$SocketInputStream.read UNLESS
      types[type]++;
    } catch (ArrayIndexOutOfBoundsException unknown) {
      return;
    } catch (IOException | RuntimeException gone) {
      client.close(); // CLOSE
    }
    client.close(); // CLOSE
  }

  void closesOnlyOneDirection(Socket client) throws IOException {
    reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
    client.shutdownOutput();
  }

  void acceptsAndServes(ServerSocket listener) throws IOException {
    try {
      while (true) {
        Socket client = listener.accept();
        reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
      }
    } finally {
      listener.close();
    }
  }

  void endsSessionInTry(Socket client) {
    try (Session session = new Session(client)) { // CLOSE? RESOURCE BEFORE Blocking$Session.close
      while (session.next() != null) { // USE END_READ shapes.Blocking$Session.next
        System.out.println();
      }
    } catch (IOException e) { // CLOSE?
      System.out.println(e);
    }
  }

  void endsSessionUnlessInterrupted(Session session) throws IOException {
    try {
      session.next(); // USE END_READ shapes.Blocking$Session.next THROWS
      Thread.sleep(10); // THROWS
    } catch (InterruptedException e) {
      return;
    }
    session.close(); // CLOSE
  }

  void endsSessionOfCondition(Session session, boolean last) throws IOException {
    session.next(); // USE END_READ shapes.Blocking$Session.next THROWS
    if (last) { // IF
      session.close(); // CLOSE
    }
  }

  void goesOnToTheNext(ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      String line = reader(client).readLine(); // USE END_READ java.io.BufferedReader.readLine
      if (line == null) { // IF
        continue;
      }
      client.close(); // CLOSE
    }
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream()));
  }

  private static void answer(Socket client) throws IOException {
    client.getOutputStream().write(1);
  }

  private static void parse(String line) { Integer.parseInt(line); }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException ignored) {
    }
  }

  static class Session implements Closeable {
    Session(Socket client) {}

    String next() throws IOException { return null; }

    @Override
    public void close() throws IOException {}
  }

  static class Frames {
    Frames(InputStream in) {}

    String next() { return null; }
  }
}
