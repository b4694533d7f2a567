package dev.closewait.instrument.jdk;

import static dev.closewait.instrument.hook.Hook.Edge.DEFINITION;
import static dev.closewait.instrument.hook.Hook.Edge.ENTRY;
import static dev.closewait.instrument.hook.Hook.Edge.RETURN;
import static dev.closewait.instrument.hook.Hook.Edge.THROW;
import static dev.closewait.instrument.hook.Hook.Operand.ARGUMENT;
import static dev.closewait.instrument.hook.Hook.Operand.RESULT;
import static dev.closewait.instrument.hook.Hook.Operand.THIS;
import static dev.closewait.instrument.hook.Hook.Operand.THROWN;

import dev.closewait.instrument.hook.Hook;
import dev.closewait.instrument.hook.Hook.Call;
import dev.closewait.instrument.hook.Hook.Edge;
import dev.closewait.instrument.hook.Hook.Features;
import dev.closewait.instrument.hook.Hook.Operand;
import dev.closewait.instrument.hook.Hook.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of all hooks in the JDK: the few methods that every TCP socket passes, whatever wraps
 * it.
 *
 * <p>Read in OpenJDK 17.0.15 and 25.0.3; 21 by its sources. {@code SocketDispatcher} reads and
 * writes for {@code Socket}, {@code SocketChannel}, their adaptors and asynchronous channels; a -1
 * from it is the kernel's own end of stream, never the one that the JDK makes up after {@code
 * shutdownInput()}. Since 21 the close of the descriptor stands in its superclass {@code
 * UnixDispatcher}. A blocking accept ends in {@code postAccept} up to some version after 21 and in
 * {@code setConnectedImpl} since: whichever is there.
 */
public final class JdkHooks {
  private static final int LATEST = Integer.MAX_VALUE;
  private static final Features ALL = new Features(17, LATEST, true);
  private static final Features ALL_OPTIONAL = new Features(17, LATEST, false);

  private static final String DISPATCHER = "sun/nio/ch/SocketDispatcher";
  private static final String SOCKET = "java/net/Socket";
  private static final String SOCKET_IMPL_CLASS = "sun/nio/ch/NioSocketImpl";
  private static final String CHANNEL = "sun/nio/ch/SocketChannelImpl";
  private static final String SERVER_CHANNEL = "sun/nio/ch/ServerSocketChannelImpl";
  private static final String ASYNC = "sun/nio/ch/AsynchronousSocketChannelImpl";
  private static final String UNIX_ASYNC = "sun/nio/ch/UnixAsynchronousSocketChannelImpl";
  private static final String ASYNC_SERVER = "sun/nio/ch/AsynchronousServerSocketChannelImpl";
  private static final String UNIX_ASYNC_SERVER =
      "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl";

  private static final String LOADER = "java/lang/ClassLoader";

  private static final String DEFINITIONS = "java/net/CloseWaitDefinitions";

  private static final String HANDLE = "(Ljava/lang/Object;)V";
  private static final String HANDLES = "(Ljava/lang/Object;Ljava/lang/Object;)V";
  private static final String FAILED = "(Ljava/lang/Throwable;Ljava/lang/Object;)V";
  private static final String DESCRIPTOR = "(Ljava/io/FileDescriptor;)V";
  private static final String INT = "(ILjava/io/FileDescriptor;)V";
  private static final String LONG = "(JLjava/io/FileDescriptor;)V";

  private static final Operand SOCKET_IMPL = Operand.field("impl", "Ljava/net/SocketImpl;");

  private static final Call TRANSFER_FAILED =
      call("transferFailed", "(Ljava/lang/Throwable;Ljava/io/FileDescriptor;)V", THROWN, ARGUMENT);
  private static final Call CLOSING = call("closing", DESCRIPTOR, ARGUMENT);
  private static final Call ACCEPTED_RESULT = call("accepted", HANDLES, RESULT, THIS);
  private static final Call ACCEPT_FAILED = call("acceptFailed", FAILED, THROWN, THIS);
  private static final Call CONNECTING =
      call("connecting", "(Ljava/lang/Object;Ljava/net/SocketAddress;)V", THIS, ARGUMENT);
  private static final Call CONNECTED = call("connected", HANDLE, THIS);
  private static final Call CONNECTED_IF =
      call("connected", "(ZLjava/lang/Object;)V", RESULT, THIS);
  private static final Call CONNECT_FAILED = call("connectFailed", FAILED, THROWN, THIS);
  private static final Call LISTENING = call("listening", HANDLE, THIS);

  private final List<Hook> hooks = new ArrayList<>();

  private JdkHooks() {
    transfers();
    descriptorClose();
    sockets();
    channels();
    asyncChannels();
    definitions();
    threadEndings();
  }

  /** The hooks for a JDK of this feature version. */
  public static List<Hook> forFeature(int feature) {
    List<Hook> expected = new ArrayList<>();
    for (Hook hook : new JdkHooks().hooks) {
      if (hook.isFor(feature)) {
        expected.add(hook);
      }
    }
    return expected;
  }

  private void transfers() {
    transfer("read", "I", call("read", INT, RESULT, ARGUMENT));
    transfer("readv", "J", call("readv", LONG, RESULT, ARGUMENT));
    transfer("write", "I", call("written", INT, RESULT, ARGUMENT));
    transfer("writev", "J", call("writtenv", LONG, RESULT, ARGUMENT));
  }

  private void transfer(String method, String type, Call done) {
    Place place = new Place(DISPATCHER, method, "(Ljava/io/FileDescriptor;JI)" + type);
    add(place, RETURN, done);
    add(place, THROW, TRANSFER_FAILED);
  }

  private void descriptorClose() {
    Place inDispatcher = new Place(DISPATCHER, "close", DESCRIPTOR);
    Place inSuperclass = new Place("sun/nio/ch/UnixDispatcher", "close", DESCRIPTOR);
    hooks.add(new Hook(inDispatcher, ENTRY, CLOSING, new Features(17, 20, true)));
    hooks.add(new Hook(inSuperclass, ENTRY, CLOSING, new Features(21, LATEST, true)));
  }

  private void sockets() {
    Place accept = new Place(SOCKET_IMPL_CLASS, "accept", "(Ljava/net/SocketImpl;)V");
    add(accept, RETURN, call("accepted", HANDLES, ARGUMENT, THIS));
    add(accept, THROW, ACCEPT_FAILED);
    acceptReturns("postAccept", "()V", SOCKET_IMPL);
    acceptReturns("setConnectedImpl", "(Ljava/net/SocketImpl;)V", ARGUMENT);
    Place connect = new Place(SOCKET_IMPL_CLASS, "connect", "(Ljava/net/SocketAddress;I)V");
    connects(connect);
    add(connect, RETURN, CONNECTED);
    add(new Place(SOCKET_IMPL_CLASS, "listen", "(I)V"), RETURN, LISTENING);
    closes(new Place(SOCKET_IMPL_CLASS, "close", "()V"));
    shutdowns(SOCKET_IMPL_CLASS);
  }

  private void acceptReturns(String method, String descriptor, Operand accepted) {
    Place place = new Place(SOCKET, method, descriptor);
    hooks.add(new Hook(place, RETURN, call("acceptReturned", HANDLE, accepted), ALL_OPTIONAL));
  }

  private void channels() {
    Place connect = new Place(CHANNEL, "connect", "(Ljava/net/SocketAddress;)Z");
    connects(connect);
    add(connect, RETURN, CONNECTED_IF);
    Place ofAdaptor = new Place(CHANNEL, "blockingConnect", "(Ljava/net/SocketAddress;J)V");
    connects(ofAdaptor);
    add(ofAdaptor, RETURN, CONNECTED);
    Place finish = new Place(CHANNEL, "finishConnect", "()Z");
    add(finish, RETURN, CONNECTED_IF);
    add(finish, THROW, CONNECT_FAILED);
    closes(new Place(CHANNEL, "implCloseSelectableChannel", "()V"));
    shutdowns(CHANNEL);
    add(new Place(SERVER_CHANNEL, "finishAccept", null), RETURN, ACCEPTED_RESULT);
    add(new Place(SERVER_CHANNEL, "accept", null), THROW, ACCEPT_FAILED);
    add(new Place(SERVER_CHANNEL, "blockingAccept", null), THROW, ACCEPT_FAILED);
    String bind = "(Ljava/net/SocketAddress;I)Ljava/nio/channels/ServerSocketChannel;";
    add(new Place(SERVER_CHANNEL, "bind", bind), RETURN, LISTENING);
    closes(new Place(SERVER_CHANNEL, "implCloseSelectableChannel", "()V"));
  }

  private void asyncChannels() {
    connects(new Place(UNIX_ASYNC, "implConnect", null));
    add(new Place(UNIX_ASYNC, "setConnected", "()V"), RETURN, CONNECTED);
    closes(new Place(ASYNC, "close", "()V"));
    shutdowns(ASYNC);
    add(new Place(UNIX_ASYNC_SERVER, "finishAccept", null), RETURN, ACCEPTED_RESULT);
    String bind = "(Ljava/net/SocketAddress;I)Ljava/nio/channels/AsynchronousServerSocketChannel;";
    add(new Place(ASYNC_SERVER, "bind", bind), RETURN, LISTENING);
    closes(new Place(ASYNC_SERVER, "close", "()V"));
  }

  /**
   * Where an uncaught exception comes by, unless its thread has a handler of its own. {@code
   * Thread} itself is on every stack, and a frame of a class that was woven since has no line.
   */
  private void threadEndings() {
    Place place =
        new Place(
            "java/lang/ThreadGroup",
            "uncaughtException",
            "(Ljava/lang/Thread;Ljava/lang/Throwable;)V");
    add(place, ENTRY, call("uncaught", "(Ljava/lang/Throwable;)V", Operand.argument(1)));
  }

  /**
   * Where every class loader that is written in Java hands a class file to the JVM; the other
   * overloads end here. What the JVM has in an archive it hands out where a loader looks for the
   * classes that it has.
   */
  private void definitions() {
    Call found =
        new Call(
            DEFINITIONS, "found", "(Ljava/lang/Class;Ljava/lang/Object;)V", List.of(RESULT, THIS));
    add(
        new Place(LOADER, "findLoadedClass", "(Ljava/lang/String;)Ljava/lang/Class;"),
        RETURN,
        found);
    define("(Ljava/lang/String;[BIILjava/security/ProtectionDomain;)Ljava/lang/Class;");
    define(
        "(Ljava/lang/String;Ljava/nio/ByteBuffer;Ljava/security/ProtectionDomain;)Ljava/lang/Class;");
  }

  private void define(String descriptor) {
    Call call = new Call(DEFINITIONS, "defining", "", List.of());
    hooks.add(new Hook(new Place(LOADER, "defineClass", descriptor), DEFINITION, call, ALL));
  }

  private void connects(Place place) {
    add(place, ENTRY, CONNECTING);
    add(place, THROW, CONNECT_FAILED);
  }

  private void closes(Place place) {
    add(place, ENTRY, call("closeRequested", HANDLE, THIS));
    add(place, RETURN, call("closeReturned", HANDLE, THIS));
    add(place, THROW, call("closeFailed", FAILED, THROWN, THIS));
  }

  private void shutdowns(String owner) {
    add(new Place(owner, "shutdownInput", null), RETURN, call("inputShutdown", HANDLE, THIS));
    add(new Place(owner, "shutdownOutput", null), RETURN, call("outputShutdown", HANDLE, THIS));
  }

  private void add(Place place, Edge edge, Call call) {
    hooks.add(new Hook(place, edge, call, ALL));
  }

  private static Call call(String hook, String descriptor, Operand... operands) {
    return new Call(Hook.HOOKS, hook, descriptor, List.of(operands));
  }
}
