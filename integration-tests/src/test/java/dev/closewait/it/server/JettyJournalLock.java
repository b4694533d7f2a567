package dev.closewait.it.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Program: a handler on Jetty that waits for a lock, which another thread keeps in its sleep. */
public final class JettyJournalLock extends Handler.Abstract {
  private static final long HOUR_MILLIS = 3_600_000;

  private final Lock journal = new ReentrantLock();
  private final CountDownLatch exporting = new CountDownLatch(1);

  /**
   * Starts it.
   *
   * @param args "fixed" for an export that lets go of the lock; the key store
   */
  public static void main(String[] args) throws Exception {
    Path keyStore = Path.of(args[args.length - 1]);
    JettyJournalLock handler = new JettyJournalLock();
    Thread export = new Thread(() -> handler.export(args.length > 1), "journal-export");
    export.setDaemon(true);
    export.start();
    handler.exporting.await();
    Server server = JettyConnectors.create(new TlsKeys(keyStore), handler, 0);
    server.start();
    JettyConnectors.ports(server).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Ports.tellAsked();
    journal.lock(); // LEAK
    try {
      callback.succeeded();
    } finally {
      journal.unlock();
    }
    return true;
  }

  private void export(boolean fixed) {
    journal.lock();
    if (fixed) {
      journal.unlock();
    }
    exporting.countDown();
    try {
      Thread.sleep(HOUR_MILLIS); // HOLDS
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
