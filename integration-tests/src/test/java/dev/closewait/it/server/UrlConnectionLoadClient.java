package dev.closewait.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** {@code HttpURLConnection}, whose cache keeps and closes connections by itself. */
final class UrlConnectionLoadClient implements HttpLoadClient {

  @Override
  public long get(URI uri) throws IOException {
    return read((HttpURLConnection) uri.toURL().openConnection());
  }

  @Override
  public long post(URI uri, byte[] body) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    return read(connection);
  }

  @Override
  public void close() {}

  private static long read(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes().length;
    }
  }
}
