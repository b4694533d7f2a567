package dev.closewait.it.server;

import java.nio.file.Path;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/** Program: a handler on Jetty that takes the request and never completes its callback. */
public final class JettyForgottenCallback extends Handler.Abstract {

  /**
   * Starts it.
   *
   * @param args the key store
   */
  public static void main(String[] args) throws Exception {
    Server server =
        JettyConnectors.create(new TlsKeys(Path.of(args[0])), new JettyForgottenCallback(), 0);
    server.start(); // LEAK
    JettyConnectors.ports(server).serveUntilInputEnds();
    System.exit(0);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Ports.tellAsked();
    return true;
  }
}
