package dev.closewait.it.scenario;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Workers want a monitor that a thread holds while it sleeps. */
public final class MonitorOfSleeper {
  private static final List<Integer> JOURNAL = new ArrayList<>();
  private static final CountDownLatch EXPORTING = new CountDownLatch(1);
  private static final long HOUR_MILLIS = 3_600_000;

  private MonitorOfSleeper() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    Peers.start(() -> export(fixed)).setName("journal-export");
    EXPORTING.await();
    int port = Workers.serve(MonitorOfSleeper::serve);
    Peers.hangUp(port);
    Peers.stay(port);
  }

  private static void serve(Socket client) throws Exception {
    int order = client.getInputStream().read();
    synchronized (JOURNAL) {
      JOURNAL.add(order); // LEAK
    }
    client.close();
  }

  private static void export(boolean fixed) throws InterruptedException {
    if (fixed) {
      EXPORTING.countDown();
      Thread.sleep(HOUR_MILLIS);
    }
    synchronized (JOURNAL) {
      EXPORTING.countDown();
      Thread.sleep(HOUR_MILLIS);
    }
  }
}
