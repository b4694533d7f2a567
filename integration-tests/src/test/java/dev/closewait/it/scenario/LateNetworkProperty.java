package dev.closewait.it.scenario;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Asks for IPv4 before its first socket, as the JDK allows, and says whether it got it. */
public final class LateNetworkProperty {
  private static final int SCANS_MILLIS = 1_000;

  private LateNetworkProperty() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Thread.sleep(SCANS_MILLIS);
    System.setProperty("java.net.preferIPv4Stack", "true");
    ServerSocket listener = new ServerSocket(0);
    String port = String.format(Locale.ROOT, ":%04X ", listener.getLocalPort());
    for (String table : new String[] {"tcp", "tcp6"}) {
      String rows = Files.readString(Path.of("/proc/self/net", table));
      System.out.println(table + " has the port: " + rows.contains(port));
    }
  }
}
