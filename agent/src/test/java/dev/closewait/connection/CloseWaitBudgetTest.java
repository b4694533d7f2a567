package dev.closewait.connection;

import static dev.closewait.connection.Records.END;
import static dev.closewait.connection.Records.OPEN;
import static dev.closewait.connection.Records.USE;
import static dev.closewait.connection.Records.USE_AGAIN;
import static dev.closewait.connection.Records.take;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CloseWaitBudgetTest {
  private static final int STACKS = 100;
  private static final int LEAST = 4;
  private static final int WEB = 8080;
  private static final int ADMIN = 8081;
  private static final int MANY = 1_000_000;

  private final Object budget = Records.budget(STACKS);

  @Test
  void allowsOneSiteTheWholeOfIt() {
    assertThat(taken(OPEN, WEB)).isEqualTo(STACKS);
  }

  @Test
  void isNotStarvedByAnotherSiteForLong() {
    taken(OPEN, WEB);
    assertThat(take(budget, OPEN, ADMIN)).isFalse();
    refill();
    taken(OPEN, WEB);
    assertThat(take(budget, OPEN, ADMIN)).isTrue();
  }

  @Test
  void isNotStarvedByAnotherPurpose() {
    taken(OPEN, WEB);
    assertThat(taken(USE, WEB)).isEqualTo(STACKS);
    assertThat(taken(END, WEB)).isEqualTo(STACKS);
  }

  @Test
  void isSharedOutBetweenSitesThatWereBusy() {
    taken(OPEN, WEB);
    taken(OPEN, ADMIN);
    refill();
    assertThat(taken(OPEN, WEB)).isEqualTo(STACKS / 2);
    assertThat(taken(OPEN, ADMIN)).isEqualTo(STACKS / 2);
  }

  @Test
  void growsAgainWhenTheOtherSiteIsQuiet() {
    taken(OPEN, WEB);
    taken(OPEN, ADMIN);
    refill();
    taken(OPEN, WEB);
    refill();
    assertThat(taken(OPEN, WEB)).isEqualTo(STACKS);
  }

  @Test
  void leavesEachOfManySitesLittle() {
    for (int port = 0; port < 64; port++) {
      taken(OPEN, port);
    }
    refill();
    assertThat(taken(OPEN, WEB)).isEqualTo(LEAST);
  }

  @Test
  void isNeverExceededHoweverManySitesThereAre() {
    for (int tick = 0; tick < 3; tick++) {
      int taken = 0;
      for (int port = 0; port < 64; port++) {
        taken += taken(OPEN, port);
      }
      assertThat(taken).isEqualTo(STACKS);
      refill();
    }
  }

  @Test
  void isRefilledAfterItWasUsedUp() {
    taken(OPEN, WEB);
    assertThat(take(budget, OPEN, WEB)).isFalse();
    refill();
    assertThat(take(budget, OPEN, WEB)).isTrue();
  }

  @Test
  void tellsThatConnectionHasGoneWithoutItsStack() {
    taken(OPEN, WEB);
    assertThat(Records.call(budget, "hasRefused")).isEqualTo(true);
  }

  /** Each busy connection goes without most of these: nobody misses them. */
  @Test
  void doesNotTellThatUsesHaveGoneWithoutTheirStacks() {
    taken(USE, WEB);
    taken(USE_AGAIN, WEB);
    assertThat(Records.call(budget, "hasRefused")).isEqualTo(false);
  }

  private void refill() {
    Records.call(budget, "refill", STACKS);
  }

  /** Takes until it is used up. */
  private int taken(int purpose, int port) {
    int taken = 0;
    while (taken < MANY && take(budget, purpose, port)) {
      taken++;
    }
    return taken;
  }
}
