package dev.closewait.it.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.catalina.startup.Tomcat;

/**
 * Program: a servlet on Tomcat whose requests take two locks in opposite orders, a pair of them for
 * plain and one for secure requests.
 */
public final class TomcatDeadlock extends HttpServlet {
  static final String SELL = "/sell";
  static final String COUNT = "/count";

  private final boolean fixed;
  private final transient Desk plain = new Desk();
  private final transient Desk secure = new Desk();

  private TomcatDeadlock(boolean fixed) {
    this.fixed = fixed;
  }

  /** Two locks, and the moment at which both are taken. */
  private static final class Desk {
    final StringBuilder sales = new StringBuilder();
    final StringBuffer stock = new StringBuffer();
    final CountDownLatch bothTaken = new CountDownLatch(2);
  }

  /**
   * Starts it.
   *
   * @param args "fixed" for one order of the locks; the key store
   */
  public static void main(String[] args) throws Exception {
    Path keyStore = Path.of(args[args.length - 1]);
    Tomcat tomcat =
        TomcatConnectors.create(new TlsKeys(keyStore), new TomcatDeadlock(args.length > 1));
    tomcat.start();
    TomcatConnectors.ports(tomcat).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    Ports.tellAsked();
    Desk desk = request.isSecure() ? secure : plain;
    if (fixed || request.getRequestURI().equals(SELL)) {
      synchronized (desk.sales) {
        awaitOther(desk);
        synchronized (desk.stock) {
          desk.stock.append('-'); // SELL
        }
      }
    } else {
      synchronized (desk.stock) {
        awaitOther(desk);
        synchronized (desk.sales) {
          desk.sales.append('+'); // COUNT
        }
      }
    }
  }

  private void awaitOther(Desk desk) {
    desk.bothTaken.countDown();
    try {
      if (!fixed) {
        desk.bothTaken.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
