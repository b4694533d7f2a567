package dev.closewait.it.server;

import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Configures an embedded Tomcat with an HTTP and an HTTPS connector; the caller starts it. */
final class TomcatConnectors {
  private TomcatConnectors() {}

  static Tomcat create(TlsKeys keys, HttpServlet servlet) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory(keys.directory(), "tomcat").toString());
    tomcat.setSilent(true);
    tomcat.getService().addConnector(connector());
    tomcat.getService().addConnector(secureConnector(keys));
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(context, "servlet", servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/*");
    return tomcat;
  }

  static Ports ports(Tomcat tomcat) {
    Connector[] connectors = tomcat.getService().findConnectors();
    return new Ports(connectors[0].getLocalPort(), connectors[1].getLocalPort());
  }

  private static Connector connector() {
    Connector connector = new Connector("HTTP/1.1");
    connector.setPort(0);
    connector.setThrowOnFailure(true);
    connector.setProperty("address", "127.0.0.1");
    connector.setProperty("keepAliveTimeout", String.valueOf(HealthyServer.KEEP_ALIVE_MILLIS));
    connector.setProperty("maxKeepAliveRequests", "-1");
    return connector;
  }

  private static Connector secureConnector(TlsKeys keys) {
    Connector connector = connector();
    connector.setSecure(true);
    connector.setScheme("https");
    connector.setProperty("SSLEnabled", "true");
    SSLHostConfig host = new SSLHostConfig();
    SSLHostConfigCertificate certificate =
        new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
    certificate.setCertificateKeystoreFile(keys.file().toAbsolutePath().toString());
    certificate.setCertificateKeystorePassword(TlsKeys.PASSWORD);
    certificate.setCertificateKeystoreType("PKCS12");
    host.addCertificate(certificate);
    connector.addSslHostConfig(host);
    return connector;
  }
}
