package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.SECOND;
import static dev.closewait.diagnosis.Observed.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.ConnectionSnapshot;
import dev.closewait.connection.SocketEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients for one call are counted; shared ones are not. */
class ClientCountsTest {
  private static final List<StackTraceElement> HERE =
      Observed.stack(Observed.frame("com.acme.Prices", "fetch", 20));
  private static final List<StackTraceElement> ELSEWHERE =
      Observed.stack(Observed.frame("com.acme.Stock", "fetch", 20));

  private final ClientCounts counts = new ClientCounts(Observed.APPLICATION);

  @Test
  void countsClientsThatOneCallPathMade() {
    ConnectionSnapshot first = connection(1, HERE, 443);
    counts.add(first);
    counts.add(connection(2, HERE, 443));
    counts.add(connection(3, ELSEWHERE, 443));
    assertThat(counts.alike(first)).isEqualTo(2);
    assertThat(counts.alike(connection(3, ELSEWHERE, 443))).isEqualTo(1);
  }

  @Test
  void looksAtFramesOfTheApplicationOnly() {
    StackTraceElement caller = HERE.get(0);
    List<StackTraceElement> withLine =
        Observed.stack(Observed.frame("okhttp3.OkHttpClient", "<init>", 80), caller);
    List<StackTraceElement> withoutLine =
        Observed.stack(Observed.frame("okhttp3.OkHttpClient", "<init>", -1), caller);
    counts.add(connection(1, withLine, 443));
    counts.add(connection(2, withoutLine, 443));
    assertThat(counts.alike(connection(1, withLine, 443))).isEqualTo(2);
  }

  @Test
  void countsClientWithTwoConnectionsOnce() {
    counts.add(connection(1, HERE, 443));
    counts.add(connection(1, HERE, 443));
    assertThat(counts.alike(connection(1, HERE, 443))).isEqualTo(1);
  }

  /** One client for each of several servers is how some are meant to be used. */
  @Test
  void countsServersApart() {
    counts.add(connection(1, HERE, 443));
    counts.add(connection(2, HERE, 8443));
    assertThat(counts.alike(connection(1, HERE, 443))).isEqualTo(1);
  }

  @Test
  void takesClientThatIsUsedLaterForShared() {
    ConnectionSnapshot shared = with(part(1, HERE, null, 11), 443);
    counts.add(shared);
    counts.add(connection(2, HERE, 443));
    assertThat(counts.alike(shared)).isZero();
    assertThat(counts.alike(connection(2, HERE, 443))).isEqualTo(1);
  }

  @Test
  void doesNotCountClosedClientNorOneWithoutStack() {
    SocketEvent now = event(HERE, 1);
    counts.add(with(part(1, HERE, now, 0), 443));
    counts.add(with(part(2, List.of(), null, 0), 443));
    assertThat(counts.alike(connection(1, HERE, 443))).isZero();
    assertThat(counts.alike(connection(2, List.of(), 443))).isZero();
  }

  private static ConnectionSnapshot connection(
      long client, List<StackTraceElement> madeAt, int port) {
    return with(part(client, madeAt, null, 0), port);
  }

  private static ConnectionSnapshot with(List<ClientPart> parts, int port) {
    Observed observed = Observed.pooled();
    observed.remote = endpoint(port);
    observed.clientParts = parts;
    return observed.connection();
  }

  /** The entry that was handed out, in the client that was made. */
  private static List<ClientPart> part(
      long client,
      List<StackTraceElement> madeAt,
      @Nullable SocketEvent closed,
      int leasedAfterSeconds) {
    return List.of(
        new ClientPart(
            100 + client, 0, null, null, event(HERE, leasedAfterSeconds), event(HERE, 20), 1, null),
        new ClientPart(client, 0, event(madeAt, 0), closed, null, null, 0, null));
  }

  private static SocketEvent event(List<StackTraceElement> stack, int second) {
    return new SocketEvent(Observed.OPENED + second * SECOND, "worker-1", stack, 1, null);
  }
}
