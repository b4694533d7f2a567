package dev.closewait.it.server;

import java.nio.file.Path;

/** Program: one real server with the {@link HealthySite} on it, until its standard input ends. */
public final class HealthyServer {
  private HealthyServer() {}

  /** A server that has been started. */
  interface Running {
    Ports ports();

    void stop() throws Exception;
  }

  /** Which server; each closes a connection that has been idle for {@link #KEEP_ALIVE_MILLIS}. */
  enum Kind {
    TOMCAT {
      @Override
      Running start(TlsKeys keys) throws Exception {
        return HealthyTomcat.start(keys);
      }
    },
    JETTY {
      @Override
      Running start(TlsKeys keys) throws Exception {
        return HealthyJetty.start(keys);
      }
    },
    JDK {
      @Override
      Running start(TlsKeys keys) throws Exception {
        return HealthyJdkServer.start(keys);
      }
    },
    SOCKETS {
      @Override
      Running start(TlsKeys keys) throws Exception {
        return HealthySocketServer.start(keys);
      }
    };

    abstract Running start(TlsKeys keys) throws Exception;
  }

  static final int KEEP_ALIVE_MILLIS = 5000;

  /**
   * Starts it.
   *
   * @param args the {@link Kind}, the key store
   */
  public static void main(String[] args) throws Exception {
    Running server = Kind.valueOf(args[0]).start(new TlsKeys(Path.of(args[1])));
    server.ports().serveUntilInputEnds();
    server.stop();
    System.out.println("stopped");
  }
}
