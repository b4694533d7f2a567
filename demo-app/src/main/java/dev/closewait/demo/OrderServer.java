package dev.closewait.demo;

/** A running server of the order protocol, which serves until the process ends. */
interface OrderServer {
  int port();
}
