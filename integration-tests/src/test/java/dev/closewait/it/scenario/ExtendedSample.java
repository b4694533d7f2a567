package dev.closewait.it.scenario;

import dev.closewait.junit.CloseWaitExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Tests of a user, run by {@link #main}: one leaks the client that its server has hung up on. */
@ExtendWith(CloseWaitExtension.class)
class ExtendedSample {
  private static final List<Socket> KEPT = new ArrayList<>();

  @Test
  void leaking() throws IOException {
    try (ServerSocket server = listen()) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort()); // LEAK
      KEPT.add(client);
      server.accept().close();
      if (client.getInputStream().read() != -1) {
        throw new IOException("the server has hung up");
      }
    }
  }

  @Test
  void closing() throws IOException {
    try (ServerSocket server = listen();
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      server.accept().close();
      if (client.getInputStream().read() != -1) {
        throw new IOException("the server has hung up");
      }
    }
  }

  public static void main(String[] arguments) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(ExtendedSample.class))
                .build(),
            summary);
    System.out.println("succeeded: " + summary.getSummary().getTestsSucceededCount());
    summary
        .getSummary()
        .getFailures()
        .forEach(
            failure -> {
              System.out.println("failed: " + failure.getTestIdentifier().getDisplayName());
              failure.getException().printStackTrace(System.out);
            });
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
