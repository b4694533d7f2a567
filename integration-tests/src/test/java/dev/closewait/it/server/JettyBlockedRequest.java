package dev.closewait.it.server;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Program: a handler on Jetty that waits for something that never comes. */
public final class JettyBlockedRequest extends Handler.Abstract {
  private final CountDownLatch stockArrived = new CountDownLatch(1);

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    Server server =
        JettyConnectors.create(new TlsKeys(Path.of(args[0])), new JettyBlockedRequest(), 0);
    server.start();
    JettyConnectors.ports(server).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback)
      throws InterruptedException {
    Ports.tellAsked();
    stockArrived.await(); // LEAK
    callback.succeeded();
    return true;
  }
}
