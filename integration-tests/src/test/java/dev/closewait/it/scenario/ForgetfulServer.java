package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A program that leaks a connection whenever a client hangs up, so that the leak can come late. */
public final class ForgetfulServer {
  private static final List<Socket> FORGOTTEN = new ArrayList<>();

  private ForgetfulServer() {}

  public static void main(String[] arguments) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("port " + listener.getLocalPort());
      while (true) {
        serve(listener.accept());
      }
    }
  }

  private static void serve(Socket client) throws IOException {
    FORGOTTEN.add(client);
    InputStream in = client.getInputStream();
    int first = in.read();
    while (first >= 0) {
      first = in.read(); // LEAK
    }
  }
}
