package dev.closewait.it.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * The {@link HealthySite} on Jetty: a blocking handler, and callbacks from a timer for long polls.
 */
final class HealthyJetty extends Handler.Abstract {

  static HealthyServer.Running start(TlsKeys keys) throws Exception {
    Server server =
        JettyConnectors.create(keys, new HealthyJetty(), HealthyServer.KEEP_ALIVE_MILLIS);
    server.start();
    return new HealthyServer.Running() {
      @Override
      public Ports ports() {
        return JettyConnectors.ports(server);
      }

      @Override
      public void stop() throws Exception {
        server.stop();
      }
    };
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    HealthySite.tellAsked(path);
    long delayMillis = HealthySite.delay(path).toMillis();
    if (path.equals(HealthySite.ECHO)) {
      echo(request, response, callback);
    } else if (HealthySite.isAsynchronous(path)) {
      getServer()
          .getScheduler()
          .schedule(() -> answer(path, response, callback), delayMillis, TimeUnit.MILLISECONDS);
    } else {
      Thread.sleep(delayMillis);
      answer(path, response, callback);
    }
    return true;
  }

  private static void echo(Request request, Response response, Callback callback)
      throws IOException {
    try (InputStream in = Content.Source.asInputStream(request);
        OutputStream out = Content.Sink.asOutputStream(response)) {
      in.transferTo(out);
    }
    callback.succeeded();
  }

  private static void answer(String path, Response response, Callback callback) {
    byte[] body = HealthySite.body(path);
    if (HealthySite.closesAfter(path)) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    if (!HealthySite.isLarge(path)) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      out.write(body);
    } catch (IOException e) {
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }
}
