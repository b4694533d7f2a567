package dev.closewait.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.CloseWaitClients;
import java.net.CloseWaitControl;
import java.net.CloseWaitHooks;
import java.net.CloseWaitThing;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What client libraries tell of their connections, as a snapshot has it. */
class CloseWaitClientsTest {
  private final Object wire = new Object();
  private final Object entry = new Object();
  private final Object pool = new Object();
  private RecordedConnection connection;

  @BeforeEach
  void connect() throws IOException {
    connection = new RecordedConnection();
    CloseWaitHooks.connecting(connection.client, connection.client.getRemoteAddress());
    CloseWaitHooks.connected(connection.client);
    CloseWaitHooks.closing(Records.descriptorOf(connection.accepted));
  }

  @AfterEach
  void close() throws IOException {
    connection.close();
  }

  @Test
  void showsWhatConnectionBelongsToFromTheInsideOut() {
    CloseWaitClients.joined(connection.client, wire);
    CloseWaitClients.joined(entry, pool);
    CloseWaitClients.joined(wire, entry);
    CloseWaitClients.made(pool, 3);
    CloseWaitClients.leased(entry, 5);
    List<ClientPart> parts = parts();
    assertThat(parts).hasSize(4);
    assertThat(parts).extracting(ClientPart::row).containsExactly(-1, -1, 5, 3);
    assertThat(parts.get(2).leased()).isNotNull();
    assertThat(parts.get(2).released()).isNull();
    SocketEvent made = parts.get(3).made();
    assertThat(made).isNotNull();
    assertThat(made.frames().get(0).getClassName()).isEqualTo(CloseWaitClientsTest.class.getName());
  }

  @Test
  void forgetsTheLastLeaseWithTheNextOne() {
    CloseWaitClients.joined(connection.client, entry);
    CloseWaitClients.leased(entry, 5);
    CloseWaitClients.released(entry, 6);
    assertThat(parts().get(1).released()).isNotNull();
    CloseWaitClients.leased(entry, 5);
    assertThat(parts().get(1).released()).isNull();
    assertThat(parts().get(1).leases()).isEqualTo(2);
  }

  /** A method and the one that it calls may both be woven. */
  @Test
  void takesOneLeaseThatIsToldTwiceForOne() {
    CloseWaitClients.joined(connection.client, entry);
    CloseWaitClients.leased(entry, 5);
    CloseWaitClients.leased(entry, 5);
    assertThat(parts().get(1).leases()).isEqualTo(1);
  }

  @Test
  void knowsPooledConnectionThatWasNeverHandedOut() {
    CloseWaitClients.joined(connection.client, entry);
    CloseWaitClients.leased(entry, 5);
    CloseWaitClients.pooled(entry, 7);
    assertThat(parts().get(1).leased()).isNull();
    assertThat(parts().get(1).released()).isNotNull();
    assertThat(parts().get(1).isHandedOut()).isTrue();
  }

  @Test
  void carriesTheCallOfTheApplicationToAnotherThread() throws InterruptedException {
    Object call = new Object();
    Object step = new Object();
    CloseWaitClients.joined(connection.client, wire);
    CloseWaitClients.called(call, 1);
    Thread selector =
        new Thread(
            () -> {
              CloseWaitClients.carried(call, step, 2);
              CloseWaitClients.leasedFor(wire, step, 3);
            },
            "selector");
    selector.start();
    selector.join();
    SocketEvent leased = parts().get(1).leased();
    assertThat(leased).isNotNull();
    assertThat(leased.threadName()).isEqualTo(Thread.currentThread().getName());
    assertThat(leased.frames().get(0).getMethodName())
        .isEqualTo("carriesTheCallOfTheApplicationToAnotherThread");
    WeakReference<Thread> holder = parts().get(1).holder();
    assertThat(holder).isNotNull();
    assertThat(holder.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void takesItsOwnStackForCallThatIsNotKnown() {
    CloseWaitClients.joined(connection.client, wire);
    CloseWaitClients.leasedFor(wire, new Object(), 3);
    SocketEvent leased = parts().get(1).leased();
    assertThat(leased).isNotNull();
    assertThat(leased.frames().get(0).getMethodName())
        .isEqualTo("takesItsOwnStackForCallThatIsNotKnown");
  }

  @Test
  void takesNullForNoEvent() {
    CloseWaitClients.joined(null, wire);
    CloseWaitClients.joined(connection.client, null);
    CloseWaitClients.leased(null, 1);
    CloseWaitClients.released(null, 1);
    assertThat(parts()).isEmpty();
    assertThat(CloseWaitControl.hookErrors()).isZero();
  }

  @Test
  void forgetsWhatIsCollected() {
    CloseWaitClients.made(entry, 1);
    CloseWaitClients.made(pool, 1);
    CloseWaitThing thing = Objects.requireNonNull(CloseWaitClients.things().get(entry));
    thing.clear();
    CloseWaitClients.things().purge();
    assertThat(CloseWaitClients.things().size()).isEqualTo(1);
    assertThat(CloseWaitClients.things().get(pool)).isNotNull();
  }

  @Test
  void forgetsAllWhenSwitchedOff() {
    CloseWaitClients.made(pool, 1);
    CloseWaitControl.switchOff();
    assertThat(CloseWaitClients.things().size()).isZero();
    CloseWaitClients.made(pool, 1);
    assertThat(CloseWaitClients.things().size()).isZero();
  }

  private List<ClientPart> parts() {
    return connection.onlyStuck(connection.later, RecordedConnection.CLOSE_WAIT).clientParts();
  }
}
