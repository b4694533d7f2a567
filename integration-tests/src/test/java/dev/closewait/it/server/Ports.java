package dev.closewait.it.server;

import java.io.IOException;
import java.net.URI;

/**
 * Where a server program listens, in plain and over TLS; its ready line on standard output carries
 * them to the test.
 */
record Ports(int http, int https) {
  static final String ASKED = "asked";

  private static final String READY = "ready: http=%d https=%d";

  /** A handler's word that it has been reached: whoever asked may hang up now. */
  static void tellAsked() {
    System.out.println(ASKED);
  }

  /** Tells the test that clients may come, and lets them until standard input ends. */
  void serveUntilInputEnds() throws IOException {
    System.out.println(String.format(READY, http, https));
    while (System.in.read() >= 0) {
      // The test sends nothing: the end is all that counts.
    }
  }

  URI httpUri(String path) {
    return URI.create("http://127.0.0.1:" + http + path);
  }

  URI httpsUri(String path) {
    return URI.create("https://127.0.0.1:" + https + path);
  }

  /** Reads the ready line back. */
  static Ports parse(String readyLine) {
    String[] words = readyLine.split("[ =]+");
    return new Ports(Integer.parseInt(words[2]), Integer.parseInt(words[4]));
  }
}
