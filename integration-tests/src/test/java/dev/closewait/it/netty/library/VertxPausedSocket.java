package dev.closewait.it.netty.library;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A Vert.x server pauses a socket whose data it does not want yet, and never resumes it. */
public final class VertxPausedSocket {
  private VertxPausedSocket() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    Vertx vertx = Vertx.vertx();
    NetServer echo = listen(vertx.createNetServer().connectHandler(VertxPausedSocket::echo));
    LibraryProgram.talk(echo.actualPort(), "?", 1);
    NetServer server =
        vertx
            .createNetServer()
            .connectHandler(socket -> take(socket, fixed))
            .listen(0, "127.0.0.1") // LEAK
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    LibraryProgram.trickle(server.actualPort());
    LibraryProgram.stay(server.actualPort(), LibraryProgram.CONNECTIONS);
  }

  private static NetServer listen(NetServer server) throws Exception {
    return server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
  }

  private static void echo(NetSocket socket) {
    socket.handler(socket::write);
  }

  private static void take(NetSocket socket, boolean fixed) {
    if (fixed) {
      socket.handler(data -> {});
    } else {
      socket.pause();
    }
  }
}
