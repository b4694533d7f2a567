package shapes;

import java.io.*;
import java.net.*;

/** What a class has from the JDK closes no connection of its own. */
class OwnThread extends Thread {
  private final InputStream in = null;

  void readsOn() throws IOException {
    while (in.read() >= 0) { // USE END_READ java.net.Socket$SocketInputStream.read
      setName("reads");
    }
  }
}
