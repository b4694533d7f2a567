package dev.closewait.it.client;

import java.io.OutputStream;

/** Program: uses a client library once, and keeps the objects until standard input ends. */
public final class ClientProgram {
  static final String LEAK = "leak";
  static final String WORK = "work";

  private ClientProgram() {}

  /**
   * Runs one scenario.
   *
   * @param args the scenario's class, what it does, the server's port
   */
  public static void main(String[] args) throws Exception {
    ClientScenario scenario =
        Class.forName(args[0])
            .asSubclass(ClientScenario.class)
            .getDeclaredConstructor()
            .newInstance();
    Site site = new Site(Integer.parseInt(args[2]));
    if (args[1].equals(LEAK)) {
      scenario.leak(site);
    } else {
      scenario.work(site);
    }
    System.out.println("ready: port=" + site.port() + " connections=0");
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
