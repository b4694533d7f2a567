package dev.closewait.diagnosis;

import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client libraries that pool connections, by their frames; a resource, so that packaging does
 * not rename them.
 */
public final class PooledClients {
  private static final String RESOURCE = "pooled-clients.txt";
  private static final int COLUMNS = 3;

  private final List<PooledClient> clients;

  private PooledClients(List<PooledClient> clients) {
    this.clients = clients;
  }

  /**
   * One library.
   *
   * @param framePrefix what the class names of its connection code start with
   * @param remedy which of its settings lets it notice that a server has hung up
   */
  public record PooledClient(String framePrefix, String name, String remedy) {}

  /** Reads the list. */
  public static PooledClients load() {
    List<PooledClient> clients = new ArrayList<>();
    try (InputStream in = PooledClients.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the agent jar lacks " + RESOURCE);
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] columns = line.split("\\|", COLUMNS);
        if (columns.length == COLUMNS && !line.startsWith("#")) {
          clients.add(new PooledClient(columns[0].strip(), columns[1].strip(), columns[2].strip()));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the agent jar's " + RESOURCE + " cannot be read", e);
    }
    return new PooledClients(clients);
  }

  /**
   * The library whose frames are on the stack of the last use or of the opening; null when there is
   * none.
   */
  public @Nullable PooledClient find(ConnectionSnapshot connection) {
    SocketEvent use = connection.lastUse();
    PooledClient found = use == null ? null : find(use.frames());
    return found == null ? find(connection.opened().frames()) : found;
  }

  private @Nullable PooledClient find(List<StackTraceElement> frames) {
    for (StackTraceElement frame : frames) {
      for (PooledClient client : clients) {
        if (frame.getClassName().startsWith(client.framePrefix())) {
          return client;
        }
      }
    }
    return null;
  }
}
