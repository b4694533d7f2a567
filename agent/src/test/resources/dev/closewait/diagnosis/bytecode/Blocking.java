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

  static class Frames {
    Frames(InputStream in) {}

    String next() { return null; }
  }
}
