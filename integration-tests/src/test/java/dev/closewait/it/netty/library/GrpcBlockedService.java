package dev.closewait.it.netty.library;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A service with {@code directExecutor()} blocks: it runs on an event loop of the shaded Netty. */
public final class GrpcBlockedService {
  private static final MethodDescriptor<byte[], byte[]> ORDER =
      MethodDescriptor.newBuilder(new Bytes(), new Bytes())
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("shop/Order")
          .build();

  private GrpcBlockedService() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    NettyServerBuilder builder = NettyServerBuilder.forAddress(LibraryProgram.anyPort());
    if (!fixed) {
      builder.directExecutor();
    }
    Server server =
        builder
            .addService(
                ServerServiceDefinition.builder("shop")
                    .addMethod(ORDER, ServerCalls.asyncUnaryCall(GrpcBlockedService::order))
                    .build())
            .build()
            .start();
    ManagedChannel healthy = connect(server);
    for (int i = 0; i < LibraryProgram.LOAD; i++) {
      call(healthy, "quick").get();
    }
    healthy.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    for (int i = 0; i < LibraryProgram.CONNECTIONS; i++) {
      ManagedChannel channel = connect(server);
      Future<byte[]> answer = call(channel, "blocking");
      Thread.sleep(300);
      answer.cancel(true);
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
    LibraryProgram.stay(server.getPort(), LibraryProgram.CONNECTIONS);
  }

  private static void order(byte[] request, StreamObserver<byte[]> answer) {
    if (new String(request).equals("blocking")) {
      LockSupport.parkNanos(LibraryProgram.FOR_EVER_NANOS); // LEAK
    }
    answer.onNext(request);
    answer.onCompleted();
  }

  @SuppressWarnings("deprecation")
  private static ManagedChannel connect(Server server) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .eventLoopGroup(new NioEventLoopGroup(1))
        .channelType(NioSocketChannel.class)
        .build();
  }

  private static Future<byte[]> call(ManagedChannel channel, String order) {
    return ClientCalls.futureUnaryCall(
        channel.newCall(ORDER, CallOptions.DEFAULT), order.getBytes());
  }

  /** Messages as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
