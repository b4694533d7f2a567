package dev.closewait.it.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where the server is, and a place for what a scenario keeps from the garbage collector. */
final class Site {
  static final String SMALL = "/small";
  static final String LARGE = "/large";
  static final String MISSING = "/missing";

  /** How many clients the scenarios open that open one for each call. */
  static final int CALLS = 2;

  private final int port;
  private final List<Object> kept = new CopyOnWriteArrayList<>();

  Site(int port) {
    this.port = port;
  }

  int port() {
    return port;
  }

  URI small() {
    return URI.create("http://127.0.0.1:" + port + SMALL);
  }

  URI large() {
    return URI.create("http://127.0.0.1:" + port + LARGE);
  }

  /** Answered by a 404 with a body. */
  URI missing() {
    return URI.create("http://127.0.0.1:" + port + MISSING);
  }

  <T> T keep(T object) {
    kept.add(object);
    return object;
  }
}
