package dev.closewait.it.netty.library;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/** A Vert.x server pauses a request whose body is not complete, and never resumes it. */
public final class VertxPausedRequest {
  private static final String HEAD =
      "POST / HTTP/1.1\r\nHost: shop\r\nContent-Length: 2000000\r\n\r\n";
  private static final int SENT = 10;

  private VertxPausedRequest() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    HttpServer server =
        Vertx.vertx()
            .createHttpServer()
            .requestHandler(request -> take(request, fixed))
            .listen(0, "127.0.0.1") // LEAK
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    LibraryProgram.hangUp(server.actualPort(), HEAD + "x".repeat(SENT));
    LibraryProgram.stay(server.actualPort(), LibraryProgram.CONNECTIONS);
  }

  private static void take(HttpServerRequest request, boolean fixed) {
    if (fixed) {
      request.handler(data -> {});
    } else {
      request.pause();
    }
  }
}
