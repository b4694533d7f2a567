package dev.closewait.it.netty.library;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** A reactor-netty server never subscribes to what its clients send. */
public final class ReactorUnreadConnection {
  private ReactorUnreadConnection() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    DisposableServer echo =
        TcpServer.create()
            .bindAddress(LibraryProgram::anyPort)
            .runOn(LoopResources.create("echo"), false)
            .handle((in, out) -> out.send(in.receive().retain()))
            .bindNow();
    LibraryProgram.talk(echo.port(), "?", 1);
    DisposableServer server =
        TcpServer.create()
            .bindAddress(LibraryProgram::anyPort)
            .runOn(LoopResources.create("unread"), false)
            .handle((in, out) -> fixed ? in.receive().then() : Mono.never())
            .bindNow(); // LEAK
    LibraryProgram.hangUp(server.port(), "x".repeat(50));
    LibraryProgram.stay(server.port(), LibraryProgram.CONNECTIONS);
  }
}
