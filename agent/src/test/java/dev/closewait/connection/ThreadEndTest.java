package dev.closewait.connection;

import static dev.closewait.connection.RecordedConnection.CLOSE_WAIT;
import static dev.closewait.connection.RecordedConnection.ESTABLISHED;
import static dev.closewait.connection.Records.descriptorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the threads that used a connection; the JVM's call of the hook is made here. */
class ThreadEndTest {
  private static final IllegalStateException FAILURE = new IllegalStateException("no table");

  private RecordedConnection connection;

  @BeforeEach
  void connect() throws IOException {
    connection = new RecordedConnection();
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  @Test
  void tellsTheExceptionThatEndedTheThread() throws InterruptedException {
    runInThread(
        () -> {
          use();
          throw FAILURE;
        });
    ThreadEnd end = end();
    assertThat(end.fact()).isEqualTo("user was ended by java.lang.IllegalStateException: no table");
    assertThat(end.frames().get(0).getClassName()).isEqualTo(ThreadEndTest.class.getName());
  }

  @Test
  void tellsThatTheReasonIsNotKnown() throws InterruptedException {
    runInThread(this::use);
    assertThat(end().exception()).isNull();
    assertThat(end().fact()).contains("not known");
  }

  /** It may go on after that. */
  @Test
  void doesNotBelieveThreadThatHandsAnExceptionToTheHandlerItself() throws InterruptedException {
    runInThread(
        () -> {
          use();
          CloseWaitHooks.uncaught(FAILURE);
        });
    assertThat(end().exception()).isNull();
  }

  @Test
  void forgetsTheEndWhenAnotherThreadUsesTheConnection() throws InterruptedException {
    runInThread(
        () -> {
          use();
          throw FAILURE;
        });
    use();
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).lastUserEnd()).isNull();
    runInThread(this::use);
    assertThat(end().exception()).isNull();
  }

  @Test
  void tellsTheEndOfTheThreadThatAccepted() throws InterruptedException {
    runInThread(
        () -> {
          CloseWaitHooks.accepted(connection.client, connection.server);
          throw FAILURE;
        });
    ListenerSnapshot listener =
        connection.snapshot(connection.later, ESTABLISHED).listeners().get(0);
    assertThat(listener.acceptor()).isNull();
    assertThat(listener.acceptorEnd().exception()).contains("no table");
  }

  @Test
  void hasNoEndWhileTheThreadIsAlive() {
    use();
    assertThat(connection.onlyStuck(connection.later, CLOSE_WAIT).lastUserEnd()).isNull();
  }

  private void use() {
    CloseWaitHooks.readv(1, descriptorOf(connection.accepted));
  }

  private ThreadEnd end() {
    return connection.onlyStuck(connection.later, CLOSE_WAIT).lastUserEnd();
  }

  private static void runInThread(Runnable work) throws InterruptedException {
    Thread thread = new Thread(work, "user");
    thread.setUncaughtExceptionHandler((ended, thrown) -> CloseWaitHooks.uncaught(thrown));
    thread.start();
    thread.join();
  }
}
