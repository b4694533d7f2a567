package dev.closewait.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A key for the loopback address, in a file made by the running JDK's keytool. */
public final class TlsKeyStore {
  public static final TlsKeyStore INSTANCE = new TlsKeyStore();

  private static final String PASSWORD = "changeit";

  private final Path file = BuildPaths.newDirectory("tls").resolve("loopback.p12");

  private TlsKeyStore() {
    try {
      Process keytool =
          new ProcessBuilder(
                  Jdks.running().home().resolve("bin/keytool").toString(),
                  "-genkeypair",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD,
                  "-alias",
                  "loopback",
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=ip:127.0.0.1")
              .inheritIO()
              .start();
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool failed: " + keytool.exitValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Options that make it the key and the trusted certificate of a JVM's default TLS context. */
  public String[] options() {
    return new String[] {
      "-Djavax.net.ssl.keyStore=" + file,
      "-Djavax.net.ssl.keyStorePassword=" + PASSWORD,
      "-Djavax.net.ssl.trustStore=" + file,
      "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }
}
