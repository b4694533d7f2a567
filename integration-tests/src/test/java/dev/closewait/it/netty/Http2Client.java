package dev.closewait.it.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Opens a stream and ends its direction without closing it. */
final class Http2Client {
  private static final int PAUSE_MILLIS = 150;

  private Http2Client() {}

  /**
   * A close could answer late data with a reset: so it waits until the server closes, or stays.
   *
   * @param closing true when the server will close
   */
  static void endWithOpenStream(int port, boolean closing) throws Exception {
    for (int i = 0; i < NettyPeers.CONNECTIONS; i++) {
      Socket client = NettyPeers.connect(port);
      client.getOutputStream().write(request());
      Thread.sleep(PAUSE_MILLIS);
      client.shutdownOutput();
      if (closing) {
        client.getInputStream().readAllBytes();
        client.close();
      } else {
        NettyPeers.KEPT.add(client);
      }
    }
  }

  /**
   * RFC 9113: the preface, empty SETTINGS, and HEADERS (GET http /) of a stream that stays open.
   */
  private static byte[] request() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    bytes.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
    bytes.write(new byte[] {0, 0, 3, 1, 4, 0, 0, 0, 1, (byte) 0x82, (byte) 0x86, (byte) 0x84});
    return bytes.toByteArray();
  }
}
