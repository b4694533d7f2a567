package dev.closewait.it.incident;

import io.undertow.Undertow;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** UNDERTOW-996: the TLS engine cannot be created for an accepted connection, which stays open. */
public final class Undertow996 {
  private Undertow996() {}

  public static void main(String[] arguments) throws Exception {
    int port = Peers.deafPort();
    Undertow server =
        Undertow.builder()
            .setIoThreads(1)
            .addHttpsListener(port, "127.0.0.1", new BrokenContext())
            .setHandler(exchange -> {})
            .build();
    server.start(); // LEAK
    Peers.sayAndHangUp(port, "hello");
    Peers.stay(port, Peers.CONNECTIONS);
  }

  /** As of a provider whose key store cannot be read any more. */
  private static final class BrokenContext extends SSLContext {
    BrokenContext() throws Exception {
      super(new BrokenSpi(), SSLContext.getDefault().getProvider(), "TLS");
    }
  }

  private static final class BrokenSpi extends SSLContextSpi {
    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      throw new IllegalStateException("key store closed");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      throw new IllegalStateException("key store closed");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      throw new IllegalStateException("key store closed");
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      throw new IllegalStateException("key store closed");
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return null;
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return null;
    }
  }
}
