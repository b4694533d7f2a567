package dev.closewait.it.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * As much of Redis as its clients ask for: version 3 of its protocol (redis.io/docs, "Redis
 * serialization protocol specification"), and a value for every key.
 */
final class RedisProtocol implements StubServer.Protocol {
  private static final String HELLO =
      "%6\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$5\r\n8.0.0\r\n$5\r\nproto\r\n:3\r\n"
          + "$2\r\nid\r\n:1\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n";

  @Override
  public void serve(InputStream in, OutputStream out) throws IOException {
    for (List<String> command = read(in); !command.isEmpty(); command = read(in)) {
      out.write(answer(command.get(0).toUpperCase(Locale.ROOT)).getBytes(US_ASCII));
    }
  }

  private static String answer(String command) {
    return switch (command) {
      case "HELLO" -> HELLO;
      case "PING" -> "+PONG\r\n";
      case "GET" -> "$5\r\nvalue\r\n";
      case "BLPOP" -> answerLater("*2\r\n$5\r\nqueue\r\n$5\r\nvalue\r\n");
      default -> "+OK\r\n";
    };
  }

  /** Late enough for the client to have gone on. */
  private static String answerLater(String answer) {
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    return answer;
  }

  /** An array of bulk strings; empty at the end of the stream. */
  private static List<String> read(InputStream in) throws IOException {
    List<String> command = new ArrayList<>();
    int parts = readLength(in);
    for (int i = 0; i < parts; i++) {
      int length = readLength(in);
      command.add(new String(in.readNBytes(length), US_ASCII));
      in.readNBytes("\r\n".length());
    }
    return command;
  }

  /** The number after {@code *} or {@code $}; 0 at the end of the stream. */
  private static int readLength(InputStream in) throws IOException {
    int length = 0;
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c >= '0' && c <= '9') {
        length = 10 * length + c - '0';
      }
    }
    return length;
  }
}
