package dev.closewait.it.server;

import java.io.IOException;
import java.net.URI;

/** One HTTP client library under test, closed as its documentation asks. */
interface HttpLoadClient extends AutoCloseable {

  /** Reads an answer to its end and returns its length in bytes. */
  long get(URI uri) throws IOException, InterruptedException;

  /** Sends a body and returns the length of the answer in bytes. */
  long post(URI uri, byte[] body) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /** The libraries; all find the trusted certificate through {@code javax.net.ssl.trustStore}. */
  enum Library {
    APACHE_HTTPCLIENT_5 {
      @Override
      HttpLoadClient open() {
        return new ApacheLoadClient();
      }
    },
    OKHTTP {
      @Override
      HttpLoadClient open() {
        return new OkHttpLoadClient();
      }
    },
    JAVA_NET_HTTP {
      @Override
      HttpLoadClient open() {
        return new JavaNetHttpLoadClient();
      }
    },
    HTTP_URL_CONNECTION {
      @Override
      HttpLoadClient open() {
        return new UrlConnectionLoadClient();
      }
    };

    abstract HttpLoadClient open();
  }
}
