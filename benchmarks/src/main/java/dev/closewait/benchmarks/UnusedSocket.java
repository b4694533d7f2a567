package dev.closewait.benchmarks;

import java.io.FileDescriptor;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;

/** A socket that has a descriptor, and with which nothing can be done. */
final class UnusedSocket extends SocketImpl {
  UnusedSocket(FileDescriptor descriptor) {
    fd = descriptor;
  }

  @Override
  protected void create(boolean stream) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void connect(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void connect(InetAddress address, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void connect(SocketAddress address, int timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void bind(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void listen(int backlog) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void accept(SocketImpl s) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected InputStream getInputStream() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected OutputStream getOutputStream() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int available() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void sendUrgentData(int data) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getOption(int option) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setOption(int option, Object value) {
    throw new UnsupportedOperationException();
  }
}
