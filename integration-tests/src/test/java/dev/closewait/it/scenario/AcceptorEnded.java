package dev.closewait.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.net.ServerSocket;
import java.net.Socket;

/** The accepting thread ends with its first client: by an exception, or silently. */
public final class AcceptorEnded {
  private AcceptorEnded() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = Peers.isFixed(arguments);
    boolean silently = arguments[0].equals("silently");
    ServerSocket listener = Peers.listen();
    Thread acceptor = Peers.daemon(() -> acceptLoop(listener, fixed, silently));
    acceptor.setName("acceptor-1");
    acceptor.start();
    Peers.hangUp(listener.getLocalPort(), Peers.CONNECTIONS + 1);
    Peers.stay(listener.getLocalPort());
    // Nobody else refers to it: collected, it would be closed.
    Reference.reachabilityFence(listener);
  }

  private static void acceptLoop(ServerSocket listener, boolean fixed, boolean silently) {
    boolean goesOn = true;
    while (goesOn) {
      try (Socket client = listener.accept()) { // LEAK
        goesOn = fixed || !silently;
        if (!fixed && !silently) {
          throw new IllegalStateException("no table for " + client.getInetAddress());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
