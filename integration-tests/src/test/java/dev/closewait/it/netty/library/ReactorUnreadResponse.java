package dev.closewait.it.netty.library;

import java.net.ServerSocket;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** A reactor-netty client takes the head of a large response and never asks for its body. */
public final class ReactorUnreadResponse {
  private static final int BODY_BYTES = 600_000;
  private static final int PATIENT_MILLIS = 60_000;
  private static final int HANG_UP_AFTER_MILLIS = 2_000;

  private ReactorUnreadResponse() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    HttpClient client = HttpClient.create().runOn(LoopResources.create("client"), false);
    ServerSocket small = LibraryProgram.httpServer(1, PATIENT_MILLIS);
    for (int i = 0; i < LibraryProgram.LOAD; i++) {
      client.get().uri(url(small)).responseContent().aggregate().block();
    }
    ServerSocket large = LibraryProgram.httpServer(BODY_BYTES, HANG_UP_AFTER_MILLIS);
    for (int i = 0; i < LibraryProgram.CONNECTIONS; i++) {
      if (fixed) {
        client.get().uri(url(large)).responseContent().aggregate().block();
      } else {
        client.get().uri(url(large)).response((head, body) -> Mono.never()).subscribe(); // LEAK
      }
    }
    LibraryProgram.stay(large.getLocalPort(), LibraryProgram.CONNECTIONS);
  }

  private static String url(ServerSocket server) {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }
}
