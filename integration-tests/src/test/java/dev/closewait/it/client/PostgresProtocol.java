package dev.closewait.it.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * As much of PostgreSQL as its driver asks for: version 3 of its protocol (PostgreSQL 18
 * documentation, "Frontend/Backend Protocol", "Message Formats").
 */
final class PostgresProtocol implements StubServer.Protocol {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  @Override
  public void serve(InputStream in, OutputStream out) throws IOException {
    DataInputStream messages = new DataInputStream(in);
    startUp(messages, out);
    PostgresReplies replies = new PostgresReplies(out);
    replies.welcome();
    Map<String, String> prepared = new HashMap<>();
    String bound = "";
    for (int type = messages.read(); type >= 0 && type != 'X'; type = messages.read()) {
      Fields fields = new Fields(messages.readNBytes(messages.readInt() - Integer.BYTES));
      switch (type) {
        case 'P' -> {
          prepared.put(fields.next(), fields.next());
          replies.parsed();
        }
        case 'B' -> {
          fields.next();
          bound = prepared.getOrDefault(fields.next(), "");
          replies.bound();
        }
        case 'D' -> replies.describe(bound);
        case 'E' -> replies.execute(bound);
        case 'C' -> replies.closed();
        case 'S' -> replies.ready();
        case 'Q' -> replies.query(fields.next());
        default -> throw new IOException("no answer to message " + (char) type);
      }
    }
  }

  /** Refuses encryption; the parameters of the start are of no interest. */
  private static void startUp(DataInputStream in, OutputStream out) throws IOException {
    int code = SSL_REQUEST;
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      int length = in.readInt();
      code = in.readInt();
      in.readNBytes(length - 2 * Integer.BYTES);
      if (code == SSL_REQUEST || code == GSS_REQUEST) {
        out.write('N');
      }
    }
  }

  /** The strings at the beginning of a message. */
  private static final class Fields {
    private final byte[] message;
    private int position;

    Fields(byte[] message) {
      this.message = message;
    }

    String next() {
      int start = position;
      while (message[position] != 0) {
        position++;
      }
      return new String(message, start, position++ - start, UTF_8);
    }
  }
}
