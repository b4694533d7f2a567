package dev.closewait.it.incident;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Jetty #2591: the threads of all requests wait for the monitor of one cache. */
public final class Jetty2591 {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";

  private Jetty2591() {}

  public static void main(String[] arguments) throws Exception {
    LruCache pages = new LruCache();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(new Page(pages)), "/");
    server.setHandler(context);
    server.start();
    if (arguments.length == 0) {
      Peers.daemon(pages::compact);
      pages.compacting.await();
    }
    int port = connector.getLocalPort();
    if (arguments.length == 0) {
      Peers.sayAndHangUp(port, REQUEST);
    } else {
      Peers.sayAndAwaitEnd(port, REQUEST);
      Thread.sleep(500);
      // This Jetty leaves a closed channel to its selector, which runs when another client comes.
      Peers.sayAndAwaitEnd(port, "");
    }
    Peers.stay(port, Peers.CONNECTIONS);
  }

  /** The page compiler's cache. */
  private static final class LruCache {
    private final Map<String, String> entries = new LinkedHashMap<>();
    private final CountDownLatch compacting = new CountDownLatch(1);

    synchronized String get(String key) {
      return entries.getOrDefault(key, "compiled"); // LEAK
    }

    synchronized void compact() throws InterruptedException {
      compacting.countDown();
      new CountDownLatch(1).await();
    }
  }

  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1;
    private final transient LruCache pages;

    Page(LruCache pages) {
      this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(pages.get(request.getPathInfo()));
    }
  }
}
