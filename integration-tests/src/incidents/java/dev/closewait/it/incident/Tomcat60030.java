package dev.closewait.it.incident;

import java.io.File;
import java.nio.file.Files;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat BZ 60030, fixed together with BZ 60035: a client goes away in the middle of its TLS hello,
 * and the connector reads the end of the stream for ever.
 */
public final class Tomcat60030 {
  private static final String HANDSHAKE_RECORD = "\26\3\1";

  private Tomcat60030() {}

  public static void main(String[] arguments) throws Exception {
    // Tomcat takes it for its own, and asks for more in it.
    System.clearProperty("javax.net.ssl.trustStore");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
    connector.setPort(0);
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    connector.setProperty("keystoreFile", System.getProperty("javax.net.ssl.keyStore"));
    connector.setProperty("keystorePass", System.getProperty("javax.net.ssl.keyStorePassword"));
    connector.setProperty("keystoreType", "PKCS12");
    connector.setProperty("keyAlias", "loopback");
    connector.setProperty("address", "127.0.0.1");
    tomcat.getService().addConnector(connector);
    tomcat.setConnector(connector);
    tomcat.addContext("", new File(".").getAbsolutePath());
    tomcat.start(); // LEAK
    int port = connector.getLocalPort();
    Peers.sayAndHangUp(port, HANDSHAKE_RECORD);
    Peers.stay(port, Peers.CONNECTIONS);
  }
}
