package dev.closewait.it.netty.library;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.locks.LockSupport;

/** A handler of a Vert.x server blocks its event loop. */
public final class VertxBlockedLoop {
  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  private VertxBlockedLoop() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    HttpServer server =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LibraryProgram.CONNECTIONS + 1))
            .createHttpServer()
            .requestHandler(request -> take(request, fixed))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    LibraryProgram.hangUp(server.actualPort(), REQUEST);
    LibraryProgram.stay(server.actualPort(), LibraryProgram.CONNECTIONS);
  }

  private static void take(HttpServerRequest request, boolean fixed) {
    if (!fixed) {
      LockSupport.parkNanos(LibraryProgram.FOR_EVER_NANOS); // LEAK
    }
    request.response().end();
  }
}
