package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One non-blocking connection: answers each whole line and closes at the end of the stream. */
final class Session {
  private final SocketChannel client;
  private final ByteBuffer input = ByteBuffer.allocate(256);
  private final StringBuilder pending = new StringBuilder();

  Session(SocketChannel client) {
    this.client = client;
  }

  void read() throws IOException {
    if (client.read(input) < 0) {
      client.close();
      return;
    }
    pending.append(US_ASCII.decode(input.flip()));
    input.clear();
    answerWholeLines();
  }

  private void answerWholeLines() throws IOException {
    for (int end = pending.indexOf("\n"); end >= 0; end = pending.indexOf("\n")) {
      client.write(ByteBuffer.wrap(Orders.answer(pending.substring(0, end))));
      pending.delete(0, end + 1);
    }
  }
}
