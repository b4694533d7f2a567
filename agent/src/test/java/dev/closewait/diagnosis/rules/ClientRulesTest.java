package dev.closewait.diagnosis.rules;

import static dev.closewait.diagnosis.Observed.CLIENTS;
import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.ClientPart;
import dev.closewait.connection.SocketEvent;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakRule;
import dev.closewait.diagnosis.Observed;
import dev.closewait.diagnosis.Ruling;
import dev.closewait.diagnosis.ThreadLook;
import dev.closewait.kernel.TcpState;
import dev.closewait.library.LibraryMethod;
import dev.closewait.library.LibraryMethod.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client's connection that was taken, given back, or left with a client nobody closes. */
class ClientRulesTest {
  private static final String APACHE = "org.apache.hc.client5.http.impl.io.Pool";
  private static final List<StackTraceElement> TAKEN =
      stack(frame(APACHE, "lease", 1), frame("com.acme.Prices", "take", 40));
  private static final List<StackTraceElement> OPENED =
      stack(frame(APACHE, "connect", 1), frame("com.acme.Prices", "warm", 20));
  private static final List<StackTraceElement> MADE =
      stack(frame(APACHE, "<init>", 1), frame("com.acme.Prices", "client", 30));

  private final LeakRule body = new BodyNotConsumedRule();
  private final LeakRule client = new ClientNotClosedRule();
  private final LeakRule pool = new PooledIdleRule();
  private final Observed observed = Observed.pooled();

  @BeforeEach
  void openedByAnotherCall() {
    observed.opened = event(OPENED);
    observed.clientParts = List.of(part(rowOf("hc.client5"), event(TAKEN), null));
  }

  @Test
  void blamesTheCallThatTookTheResponse() {
    Ruling ruling = judge(body);
    assertThat(ruling.cause()).isEqualTo(Cause.BODY_NOT_CONSUMED);
    assertThat(ruling.blamed()).startsWith(TAKEN);
    assertThat(ruling.reason()).contains("127.0.0.1:50001");
    assertThat(ruling.fix()).contains("close the response");
    assertThat(ruling.certainty()).isEqualTo(Ruling.Certainty.BY_AGE);
    assertThat(ruling.evidence().get(0).fact()).contains("worker-1", "not given back");
    assertThat(pool.judge(observed.suspicion())).isNull();
    assertThat(client.judge(observed.suspicion())).isNull();
  }

  /** The stack of the opening is of another call when the connection was taken before. */
  @Test
  void blamesNobodyElseWhereTheCallIsNotKnown() {
    observed.clientParts =
        List.of(new ClientPart(1, rowOf("hc.client5"), null, null, event(null), null, 7, null));
    observed.lastUse = null;
    assertThat(judge(body).blamed().get(0)).isEmpty();
    observed.clientParts =
        List.of(new ClientPart(1, rowOf("hc.client5"), null, null, event(null), null, 1, null));
    assertThat(judge(body).blamed()).startsWith(OPENED);
  }

  @Test
  void takesUnreadResponseThatIsOpenAtBothEndsForTheSame() {
    observed.state = TcpState.ESTABLISHED;
    observed.receiveQueueBytes = 3;
    assertThat(judge(body).certainty()).isEqualTo(Ruling.Certainty.BY_AGE);
    observed.clientParts = List.of();
    assertThat(body.judge(observed.suspicion())).isNull();
    observed.receiveQueueBytes = 513;
    assertThat(judge(body).certainty()).isEqualTo(Ruling.Certainty.HARMLESS);
  }

  @Test
  void waitsForThreadThatIsStillInTheMethodThatTookTheResponse() {
    observed.state = TcpState.ESTABLISHED;
    observed.taker =
        standing(frame("com.acme.Prices", "parse", 9), frame("com.acme.Prices", "take", 44));
    assertThat(body.judge(observed.suspicion())).isNull();
    observed.movedOn = true;
    assertThat(judge(body).cause()).isEqualTo(Cause.BODY_NOT_CONSUMED);
    observed.movedOn = false;
    observed.taker =
        standing(frame("com.acme.Prices", "take", 44), frame("com.acme.Prices", "all", 4));
    assertThat(judge(body).cause()).isEqualTo(Cause.BODY_NOT_CONSUMED);
    observed.taker = null;
    assertThat(judge(body).cause()).isEqualTo(Cause.BODY_NOT_CONSUMED);
  }

  /** Where the FIN is there, late is late. */
  @Test
  void doesNotWaitForThatThreadWhenTheServerHasHungUp() {
    observed.taker = standing(frame("com.acme.Prices", "take", 44));
    assertThat(judge(body).cause()).isEqualTo(Cause.BODY_NOT_CONSUMED);
  }

  /** DBCP or an application server made it: the driver's own word is not about the application. */
  @Test
  void doesNotKnowWhoHasConnectionThatAnotherPoolMade() {
    List<StackTraceElement> made =
        stack(
            frame("org.postgresql.Driver", "connect", 1),
            frame("java.sql.DriverManager", "getConnection", 1),
            frame("com.acme.Prices", "take", 40));
    observed.clientParts = List.of(part(rowOf("postgresql"), event(made), null));
    assertThat(judge(client).fix()).contains("DriverManager");
    List<StackTraceElement> pooled = new ArrayList<>(made);
    pooled.add(1, frame("org.apache.commons.dbcp2.PoolableConnectionFactory", "makeObject", 1));
    observed.clientParts = List.of(part(rowOf("postgresql"), event(pooled), null));
    assertThat(client.judge(observed.suspicion())).isNull();
    observed.clientParts = List.of(part(rowOf("postgresql"), event(pooled.subList(0, 3)), null));
    assertThat(client.judge(observed.suspicion())).isNull();
  }

  @Test
  void takesMoreThanFarewellForResponseWhereNoMethodTold() {
    observed.clientParts = List.of();
    assertThat(body.judge(observed.suspicion())).isNull();
    observed.receiveQueueBytes = 513;
    assertThat(judge(body).evidence().get(0).fact()).contains("more is unread");
  }

  @Test
  void takesWhatWasGivenBackForIdle() {
    observed.clientParts = List.of(part(rowOf("hc.client5"), event(TAKEN), event(TAKEN)));
    observed.receiveQueueBytes = 513;
    assertThat(body.judge(observed.suspicion())).isNull();
    Ruling ruling = judge(pool);
    assertThat(ruling.certainty()).isEqualTo(Ruling.Certainty.HARMLESS);
    assertThat(ruling.blamed()).startsWith(TAKEN);
    assertThat(ruling.evidence().get(0).fact()).contains("given back to the pool");
  }

  @Test
  void saysThatNoMethodToldOfThePool() {
    observed.clientParts = List.of();
    assertThat(judge(pool).evidence())
        .extracting(Evidence::fact)
        .anyMatch(f -> f.contains("not known"));
    observed.clientParts = List.of(part(rowOf("hikari"), null, event(null)));
    assertThat(judge(pool).evidence().get(0).fact()).contains("never handed out");
  }

  @Test
  void wantsConnectionClosedThatWasTaken() {
    observed.clientParts =
        List.of(
            part(rowOf("postgresql"), event(OPENED), null),
            part(rowOf("hikari"), event(TAKEN), null));
    Ruling ruling = judge(client);
    assertThat(ruling.cause()).isEqualTo(Cause.CLIENT_NOT_CLOSED);
    assertThat(ruling.reason()).contains("HikariCP");
    assertThat(ruling.blamed()).startsWith(TAKEN);
    assertThat(body.judge(observed.suspicion())).isNull();
  }

  /** The driver's connection is the pool's, which has it. */
  @Test
  void takesConnectionInPoolForIdleThoughItsDriverHandedItOut() {
    observed.clientParts =
        List.of(
            part(rowOf("postgresql"), event(OPENED), null),
            part(rowOf("hikari"), event(TAKEN), event(TAKEN)));
    assertThat(client.judge(observed.suspicion())).isNull();
    assertThat(judge(pool).reason()).contains("HikariCP");
  }

  @Test
  void wantsClientForEachCallShared() {
    ClientPart idle = part(rowOf("hc.client5"), event(TAKEN), event(TAKEN));
    observed.clientParts = List.of(idle, made(null));
    observed.clientsAlike = 1;
    assertThat(client.judge(observed.suspicion())).isNull();
    observed.clientsAlike = 2;
    Ruling ruling = judge(client);
    assertThat(ruling.cause()).isEqualTo(Cause.CLIENT_NOT_CLOSED);
    assertThat(ruling.blamed()).startsWith(MADE);
    assertThat(ruling.fix()).contains("keep one");
    assertThat(ruling.evidence().get(0).fact()).startsWith("2 clients");
    observed.clientParts = List.of(idle, made(event(TAKEN)));
    assertThat(client.judge(observed.suspicion())).isNull();
  }

  /** It has to close what that library gave it. */
  @Test
  void usesTheWordsOfWhatTheApplicationCalled() {
    List<StackTraceElement> taken = new ArrayList<>(TAKEN);
    taken.add(1, frame("org.glassfish.jersey.client.JerseyInvocation", "invoke", 9));
    taken.add(frame("org.springframework.web.client.RestTemplate", "execute", 9));
    observed.clientParts = List.of(part(rowOf("hc.client5"), event(taken), null));
    Ruling ruling = judge(body);
    assertThat(ruling.fix()).contains("Response response");
    assertThat(ruling.evidence().get(0).fact())
        .startsWith("Jersey client on Apache HttpClient 5 handed it out");
  }

  private Ruling judge(LeakRule rule) {
    Ruling ruling = rule.judge(observed.suspicion());
    assertThat(ruling).isNotNull();
    return ruling;
  }

  private static ThreadLook standing(StackTraceElement... innermostFirst) {
    return new ThreadLook("worker-1", Thread.State.WAITING, stack(innermostFirst), 1, 1);
  }

  private static ClientPart part(
      int row, @Nullable SocketEvent leased, @Nullable SocketEvent released) {
    return new ClientPart(row, row, null, null, leased, released, 2, null);
  }

  private static ClientPart made(@Nullable SocketEvent closed) {
    return new ClientPart(999, rowOf("hc.client5"), event(MADE), closed, null, null, 0, null);
  }

  private static int rowOf(String packageName) {
    for (LibraryMethod method : CLIENTS.methods()) {
      if ((method.event() == Event.LEASED || method.event() == Event.OWNED)
          && method.className().contains(packageName)) {
        return method.row();
      }
    }
    throw new AssertionError("no row for " + packageName);
  }
}
