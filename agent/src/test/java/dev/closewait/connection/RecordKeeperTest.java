package dev.closewait.connection;

import static dev.closewait.connection.Records.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CloseWaitRecord;
import org.junit.jupiter.api.Test;

class RecordKeeperTest {
  private static final long GRACE = 1_000;

  private final RecordKeeper keeper = new RecordKeeper(GRACE);
  private final Object handle = new Object();
  private final Object budget = Records.budget(100);
  private final CloseWaitRecord entry = Records.accepted(handle, 7);
  private final long young = entry.openedNanos() + GRACE;
  private final long old = young + 1;

  @Test
  void sharesOneHolderAmongTheConnectionsThatThreadHasUsed() {
    CloseWaitRecord second = Records.accepted(handle, 8);
    call(entry, "read", 1L, budget);
    call(second, "read", 1L, budget);
    assertThat(entry.lastThread()).isNotSameAs(second.lastThread());
    keeper.refine(entry, young);
    keeper.refine(second, young);
    assertThat(entry.lastThread()).isNotNull().isSameAs(second.lastThread());
  }

  @Test
  void leavesStacksOfYoungConnectionUnresolved() {
    call(entry, "openedAt", new Throwable(), false);
    keeper.refine(entry, young);
    assertThat(entry.openStack()).isInstanceOf(Throwable.class);
  }

  @Test
  void resolvesStacksAfterTheGraceTime() {
    call(entry, "openedAt", new Throwable(), false);
    keeper.refine(entry, old);
    assertThat(entry.openStack()).isInstanceOf(StackTraceElement[].class);
  }

  @Test
  void resolvesTheLastUseByItsOwnAge() {
    call(entry, "openedAt", new Throwable(), false);
    call(entry, "read", old - GRACE, budget);
    keeper.refine(entry, old);
    assertThat(entry.lastUseStack()).isInstanceOf(Throwable.class);
    keeper.refine(entry, old + 1);
    assertThat(entry.lastUseStack()).isInstanceOf(StackTraceElement[].class);
  }

  @Test
  void resolvesAllOfConnectionThatIsAboutToBeShown() {
    call(entry, "openedAt", new Throwable(), false);
    call(entry, "read", 1L, budget);
    call(entry, "sawEof", budget);
    keeper.resolveAll(entry);
    assertThat(entry.openStack()).isInstanceOf(StackTraceElement[].class);
    assertThat(entry.lastUseStack()).isInstanceOf(StackTraceElement[].class);
    assertThat(entry.eof().stack()).isInstanceOf(StackTraceElement[].class);
  }

  /** It may hold anything of the application, through a cause say. */
  @Test
  void keepsOnlyTheTextOfExceptionAtOnce() {
    call(entry, "sawError", new IOException("Connection reset", new Exception("cause")));
    keeper.refine(entry, young);
    assertThat(entry.error().error()).isEqualTo("java.io.IOException: Connection reset");
    assertThat(entry.error().stack()).isInstanceOf(StackTraceElement[].class);
  }

  /**
   * An application thread may have written it between the refinement of its record and its copy.
   */
  @Test
  void copiesAnEventThatCameAfterItsRecordWasRefined() {
    keeper.resolveAll(entry);
    call(entry, "sawError", new IOException("Connection reset"));
    SocketEvent event = keeper.event(entry.error());
    assertThat(event).isNotNull();
    assertThat(event.detail()).isEqualTo("java.io.IOException: Connection reset");
    assertThat(event.frames()).isNotEmpty();
  }

  @Test
  void namesExceptionThatHasNoMessageByItsClass() {
    call(entry, "sawError", new IOException());
    keeper.refine(entry, young);
    assertThat(entry.error().error()).isEqualTo("java.io.IOException");
  }

  @Test
  void sharesTheFramesOfConnectionsThatWereOpenedAtOnePlace() {
    Throwable place = new Throwable();
    Throwable samePlace = new Throwable();
    samePlace.setStackTrace(place.getStackTrace());
    CloseWaitRecord second = Records.accepted(handle, 8);
    call(entry, "openedAt", place, false);
    call(second, "openedAt", samePlace, false);
    keeper.resolveAll(entry);
    keeper.endPass();
    keeper.resolveAll(second);
    assertThat(second.openStack()).isSameAs(entry.openStack());
  }
}
