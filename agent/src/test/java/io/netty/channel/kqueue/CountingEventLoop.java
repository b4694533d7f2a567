package io.netty.channel.kqueue;

import io.netty.channel.DefaultEventLoop;

/** As kqueue's event loop was up to 4.1.28: whoever asks for its tasks waits for its own thread. */
public final class CountingEventLoop extends DefaultEventLoop {
  @Override
  public int pendingTasks() {
    return inEventLoop()
        ? super.pendingTasks()
        : submit(super::pendingTasks).syncUninterruptibly().getNow();
  }
}
