package dev.closewait.it.server;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.startup.Tomcat;

/** Program: a servlet on Tomcat that waits for something that never comes. */
public final class TomcatBlockedServlet extends HttpServlet {
  private final transient CountDownLatch stockArrived = new CountDownLatch(1);

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    Tomcat tomcat =
        TomcatConnectors.create(new TlsKeys(Path.of(args[0])), new TomcatBlockedServlet());
    tomcat.start();
    TomcatConnectors.ports(tomcat).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    Ports.tellAsked();
    try {
      stockArrived.await(); // LEAK
    } catch (InterruptedException e) {
      throw new ServletException(e);
    }
  }
}
