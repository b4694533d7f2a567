package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.event;
import static dev.closewait.diagnosis.Observed.frame;
import static dev.closewait.diagnosis.Observed.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.connection.ConnectionSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectedSocketsTest {
  private static final int MAX_EXAMPLES = 3;
  private static final int MAX_PLACES = 200;

  private final CollectedSockets collected =
      new CollectedSockets(
          new FindingFactory(new CulpritFinder(ApplicationFrames.of(List.of())), 1), MAX_EXAMPLES);

  @Test
  void suspectsAtMost() {
    collected.add(opened(1, "handle"));
    assertThat(collected.all())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.SUSPECT);
              assertThat(finding.kind()).isEqualTo(SocketKind.COLLECTED);
              assertThat(finding.ruling().cause()).isEqualTo(Cause.UNREACHABLE);
            });
  }

  @Test
  void keepsTheNewestOfEachPlaceAndCountsAll() {
    for (int id = 1; id <= 10_000; id++) {
      collected.add(opened(id, "handle"));
    }
    assertThat(collected.all()).extracting(Finding::id).containsExactly(10_000L, 9_999L, 9_998L);
    assertThat(collected.all().stream().mapToInt(Finding::count).sum()).isEqualTo(10_000);
  }

  @Test
  void tellsPlacesApart() {
    collected.add(opened(1, "handle"));
    collected.add(opened(2, "fetch"));
    assertThat(collected.all()).extracting(Finding::fingerprint).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void keepsOnlySoManyPlaces() {
    for (int id = 0; id < 2 * MAX_PLACES; id++) {
      collected.add(opened(id, "method" + id));
    }
    assertThat(collected.all()).hasSize(MAX_PLACES);
  }

  private static ConnectionSnapshot opened(long id, String method) {
    return collectedSocket(id, method).connection();
  }

  private static Observed collectedSocket(long id, String method) {
    Observed observed = new Observed();
    observed.id = id;
    observed.collected = true;
    observed.opened = event(stack(frame("com.acme.Orders", method, 1)));
    return observed;
  }
}
