package dev.closewait.it.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.util.concurrent.Executor;

/** A transport of Netty: its event loops and channels; io_uring in 4.2 only. */
@SuppressWarnings("deprecation") // what 4.1 and 4.2 both have
enum NettyTransport {
  NIO {
    @Override
    EventLoopGroup group(int loops, Executor executor) {
      return new NioEventLoopGroup(loops, executor);
    }

    @Override
    Class<? extends ServerChannel> server() {
      return NioServerSocketChannel.class;
    }

    @Override
    Class<? extends SocketChannel> client() {
      return NioSocketChannel.class;
    }
  },
  EPOLL {
    @Override
    EventLoopGroup group(int loops, Executor executor) {
      return new EpollEventLoopGroup(loops, executor);
    }

    @Override
    Class<? extends ServerChannel> server() {
      return EpollServerSocketChannel.class;
    }

    @Override
    Class<? extends SocketChannel> client() {
      return EpollSocketChannel.class;
    }
  },
  IO_URING {
    @Override
    EventLoopGroup group(int loops, Executor executor) {
      return new MultiThreadIoEventLoopGroup(loops, executor, IoUringIoHandler.newFactory());
    }

    @Override
    Class<? extends ServerChannel> server() {
      return IoUringServerSocketChannel.class;
    }

    @Override
    Class<? extends SocketChannel> client() {
      return IoUringSocketChannel.class;
    }
  };

  abstract EventLoopGroup group(int loops, Executor executor);

  abstract Class<? extends ServerChannel> server();

  abstract Class<? extends SocketChannel> client();

  /** Event loops whose threads do not keep the process alive. */
  EventLoopGroup group(int loops, String name) {
    return group(loops, new ThreadPerTaskExecutor(new DefaultThreadFactory(name, true)));
  }
}
