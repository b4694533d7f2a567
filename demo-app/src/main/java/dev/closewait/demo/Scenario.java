package dev.closewait.demo;

import java.io.IOException;

/** A server and the clients that visit it. */
record Scenario(ServerStarter server, OrderClient clients) {

  /** Starts a server: the constructor of a class that is one. */
  @FunctionalInterface
  interface ServerStarter {
    OrderServer start() throws IOException, InterruptedException;
  }
}
