package dev.closewait.demo;

import java.io.IOException;

/** What clients do to a server: open connections, send orders, and leave in their way. */
@FunctionalInterface
interface OrderClient {
  void visit(int port, int connections) throws IOException, InterruptedException;
}
