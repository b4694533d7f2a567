package dev.closewait.it.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * HTTP/1.1 with two resources: {@link Site#SMALL}, whose response fits one read, and {@link
 * Site#LARGE}, which fills the buffers of both ends, so that the server's FIN waits behind it.
 */
final class HttpProtocol implements StubServer.Protocol {
  private static final byte[] SMALL_BODY = "\"ok\"".getBytes(US_ASCII);
  private static final byte[] LARGE_BODY = new byte[16 << 20];

  @Override
  public void serve(InputStream in, OutputStream out) throws IOException {
    String request = readLine(in);
    while (!request.isEmpty()) {
      while (!readLine(in).isEmpty()) {
        continue;
      }
      String status = request.contains(Site.MISSING) ? "404 Not Found" : "200 OK";
      answer(status, request.contains(Site.LARGE) ? LARGE_BODY : SMALL_BODY, out);
      request = readLine(in);
    }
  }

  /** Header and body in one write: the kernel hands both to a client that reads enough at once. */
  private static void answer(String status, byte[] body, OutputStream out) throws IOException {
    byte[] head =
        ("HTTP/1.1 "
                + status
                + "\r\nContent-Type: application/json\r\nConnection: keep-alive\r\n"
                + "Keep-Alive: timeout=60\r\n"
                + "Content-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(US_ASCII);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    out.write(all);
  }

  /** Without its end; empty at the end of the stream. */
  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
