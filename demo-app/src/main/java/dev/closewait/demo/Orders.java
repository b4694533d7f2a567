package dev.closewait.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;

/** The protocol: the line {@code ORDER <n>} is answered with the line {@code OK <n>}. */
final class Orders {
  private static final String VERB = "ORDER ";

  private Orders() {}

  static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
  }

  static byte[] answer(String line) {
    return ("OK " + number(line) + "\n").getBytes(US_ASCII);
  }

  private static int number(String line) {
    if (!line.startsWith(VERB)) {
      throw new IllegalArgumentException("not an order: " + line);
    }
    return Integer.parseInt(line.substring(VERB.length()));
  }
}
