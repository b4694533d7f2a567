package dev.closewait.demo;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that have been answered once, order again after somebody else has sent a bad order, and
 * hang up.
 *
 * @param badOrder of a client that comes in between and stays no longer than it has to
 * @param answered false for clients that do not expect a second answer and lose patience
 */
record ReturningClients(String order, String badOrder, boolean answered) implements OrderClient {

  @Override
  public void visit(int port, int connections) throws IOException, InterruptedException {
    List<Socket> servers = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        servers.add(ClientDriver.send(port, order));
        ClientDriver.awaitAnswer(servers.get(i));
      }
      ClientDriver.hangsUp(badOrder).visit(port, 1);
      for (Socket server : servers) {
        ClientDriver.send(server, order);
      }
      for (Socket server : servers) {
        leave(server);
      }
    } finally {
      for (Socket server : servers) {
        server.close();
      }
    }
  }

  private void leave(Socket server) throws IOException, InterruptedException {
    if (answered) {
      ClientDriver.awaitAnswer(server);
    } else {
      Thread.sleep(ClientDriver.PATIENCE_MILLIS);
    }
  }
}
