package dev.closewait.connection.netty;

import java.nio.channels.SelectableChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the channels of one copy of Netty, in one class loader and package.
 *
 * <p>Remembered in the class {@code AbstractChannel} of that copy, so that no loader is held. None
 * of these methods blocks in any release from 4.1.0 to 4.2.20. Left out for that reason: {@code
 * threadProperties()}, which waits for the event loop, and the addresses and socket options, which
 * are system calls on a descriptor that may be another's by then.
 */
final class NettyCopy {
  private static final String ANCHOR = ".channel.AbstractChannel";

  private static final ClassValue<NettyCopy> COPIES =
      new ClassValue<>() {
        @Override
        protected NettyCopy computeValue(Class<?> anchor) {
          return new NettyCopy(anchor);
        }
      };

  final String packageName;
  final @Nullable String version;
  final NettyTypes types;
  final HandlerMethods handlerMethods;
  final NettyQuestion isOpen;
  final NettyQuestion isActive;
  final NettyQuestion isRegistered;
  final NettyQuestion config;
  final NettyQuestion isAutoRead;
  final NettyQuestion pipeline;
  final NettyQuestion handlers;
  final NettyQuestion unsafe;
  final NettyQuestion outboundBuffer;
  final NettyQuestion pendingBytes;
  final NettyQuestion eventLoop;

  private NettyCopy(Class<?> anchor) {
    packageName = anchor.getName().substring(0, anchor.getName().length() - ANCHOR.length());
    version = version(anchor);
    types = new NettyTypes(packageName, anchor.getClassLoader());
    handlerMethods = new HandlerMethods(types);
    Class<?> channel = types.loaded(".channel.Channel");
    isOpen = NettyQuestion.of(channel, "isOpen", boolean.class);
    isActive = NettyQuestion.of(channel, "isActive", boolean.class);
    isRegistered = NettyQuestion.of(channel, "isRegistered", boolean.class);
    Class<?> configType = types.loaded(".channel.ChannelConfig");
    config = NettyQuestion.of(channel, "config", configType);
    isAutoRead = NettyQuestion.of(configType, "isAutoRead", boolean.class);
    Class<?> pipelineType = types.loaded(".channel.ChannelPipeline");
    pipeline = NettyQuestion.of(channel, "pipeline", pipelineType);
    handlers = NettyQuestion.of(pipelineType, "toMap", Map.class);
    Class<?> unsafeType = types.loaded(".channel.Channel$Unsafe");
    unsafe = NettyQuestion.of(channel, "unsafe", unsafeType);
    Class<?> buffer = types.loaded(".channel.ChannelOutboundBuffer");
    outboundBuffer = NettyQuestion.of(unsafeType, "outboundBuffer", buffer);
    pendingBytes = NettyQuestion.of(buffer, "totalPendingWriteBytes", long.class);
    eventLoop = NettyQuestion.of(channel, "eventLoop", types.loaded(".channel.EventLoop"));
  }

  /** Null when the class is no channel of Netty, or is one that the application has extended. */
  static @Nullable NettyCopy of(Class<?> channelClass) {
    Class<?> anchor = channelClass;
    while (anchor != null && !anchor.getName().endsWith(ANCHOR)) {
      anchor = anchor.getSuperclass();
    }
    if (anchor == null) {
      return null;
    }
    NettyCopy copy = COPIES.get(anchor);
    return channelClass.getName().startsWith(copy.packageName + ".") ? copy : null;
  }

  /** The {@code SocketChannel} or {@code ServerSocketChannel} below an NIO channel; else null. */
  @Nullable Object selectable(Object channel) {
    Object asked = unsafe.ask(channel);
    if (asked == null) {
      return null;
    }
    Class<?> nio =
        NettyTypes.supertype(asked.getClass(), ".channel.nio.AbstractNioChannel$NioUnsafe");
    return NettyQuestion.of(nio, "ch", SelectableChannel.class).ask(asked);
  }

  /** The descriptor of a native channel; -1 of any other, or when it is not set yet. */
  int descriptor(Object channel) {
    Class<?> unix = NettyTypes.supertype(channel.getClass(), ".channel.unix.UnixChannel");
    if (unix == null) {
      return -1;
    }
    NettyTypes ofUnix = new NettyTypes(packageName, unix.getClassLoader());
    Class<?> descriptor = ofUnix.loaded(".channel.unix.FileDescriptor");
    Object asked = NettyQuestion.of(unix, "fd", descriptor).ask(channel);
    return (int) NettyQuestion.of(descriptor, "intValue", int.class).number(asked);
  }

  /**
   * For NIO channels this asks the socket, which takes a lock of the JDK: the hooks know it.
   *
   * @param direction {@code isInputShutdown} or {@code isOutputShutdown}
   */
  @Nullable Boolean isShutdown(Object channel, String direction) {
    Class<?> duplex = NettyTypes.supertype(channel.getClass(), ".channel.socket.DuplexChannel");
    return NettyQuestion.of(duplex, direction, boolean.class).isTrue(channel);
  }

  /**
   * From the manifest of Netty's own jar, which the JDK has read when it loaded the first class.
   */
  private static @Nullable String version(Class<?> anchor) {
    Package ofAnchor = anchor.getPackage();
    String title = ofAnchor == null ? null : ofAnchor.getImplementationTitle();
    return title != null && title.startsWith("Netty/") ? ofAnchor.getImplementationVersion() : null;
  }
}
