package dev.closewait.it.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/** Program: an asynchronous servlet on Tomcat that nobody completes, without a timeout. */
public final class TomcatForgottenAsync extends HttpServlet {

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    Tomcat tomcat =
        TomcatConnectors.create(new TlsKeys(Path.of(args[0])), new TomcatForgottenAsync());
    tomcat.start(); // LEAK
    TomcatConnectors.ports(tomcat).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) {
    request.startAsync().setTimeout(0);
    Ports.tellAsked();
  }
}
