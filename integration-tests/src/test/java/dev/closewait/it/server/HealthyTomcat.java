package dev.closewait.it.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;

/** The {@link HealthySite} on Tomcat: blocking servlets, and asynchronous ones for long polls. */
final class HealthyTomcat extends HttpServlet {
  private final transient ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor();

  static HealthyServer.Running start(TlsKeys keys) throws Exception {
    Tomcat tomcat = TomcatConnectors.create(keys, new HealthyTomcat());
    tomcat.start();
    return new HealthyServer.Running() {
      @Override
      public Ports ports() {
        return TomcatConnectors.ports(tomcat);
      }

      @Override
      public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
      }
    };
  }

  @Override
  public void destroy() {
    timer.shutdown();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    HealthySite.tellAsked(path);
    long delayMillis = HealthySite.delay(path).toMillis();
    if (HealthySite.isAsynchronous(path)) {
      AsyncContext context = request.startAsync();
      timer.schedule(() -> complete(context, path), delayMillis, TimeUnit.MILLISECONDS);
      return;
    }
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    answer(path, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.getInputStream().transferTo(response.getOutputStream());
  }

  private static void complete(AsyncContext context, String path) {
    try {
      answer(path, (HttpServletResponse) context.getResponse());
    } catch (IOException e) {
      // The client has gone: Tomcat knows it from the same write.
    } finally {
      context.complete();
    }
  }

  private static void answer(String path, HttpServletResponse response) throws IOException {
    byte[] body = HealthySite.body(path);
    if (HealthySite.closesAfter(path)) {
      response.setHeader("Connection", "close");
    }
    if (!HealthySite.isLarge(path)) {
      response.setContentLength(body.length);
    }
    response.getOutputStream().write(body);
  }
}
