package dev.closewait.it.netty.library;

import static org.asynchttpclient.Dsl.asyncHttpClient;
import static org.asynchttpclient.Dsl.config;

import java.net.ServerSocket;
import java.util.concurrent.locks.LockSupport;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Response;

/** A callback of async-http-client blocks: it runs on the client's event loop. */
public final class AhcBlockedCallback {
  private static final int HANG_UP_AFTER_MILLIS = 300;

  private AhcBlockedCallback() {}

  public static void main(String[] arguments) throws Exception {
    boolean fixed = LibraryProgram.isFixed(arguments);
    ServerSocket server = LibraryProgram.httpServer(1, HANG_UP_AFTER_MILLIS);
    String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
    AsyncHttpClient client = asyncHttpClient(config().setIoThreadsCount(1));
    for (int i = 0; i < LibraryProgram.LOAD; i++) {
      client.prepareGet(url).execute().get();
    }
    Thread.sleep(2 * HANG_UP_AFTER_MILLIS);
    client.prepareGet(url).execute(new Pricing(fixed));
    Thread.sleep(2 * HANG_UP_AFTER_MILLIS);
    LibraryProgram.stay(server.getLocalPort(), 1);
  }

  private static final class Pricing extends AsyncCompletionHandler<Response> {
    private final boolean fast;

    Pricing(boolean fast) {
      this.fast = fast;
    }

    @Override
    public Response onCompleted(Response response) {
      if (!fast) {
        LockSupport.parkNanos(LibraryProgram.FOR_EVER_NANOS); // LEAK
      }
      return response;
    }
  }
}
