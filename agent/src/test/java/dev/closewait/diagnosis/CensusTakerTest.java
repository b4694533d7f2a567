package dev.closewait.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.closewait.connection.RegistrySnapshot;
import dev.closewait.kernel.DescriptorUsage;
import dev.closewait.kernel.KernelSnapshot;
import dev.closewait.kernel.TcpState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CensusTakerTest {
  private final List<Integer> countsByState = new ArrayList<>(Collections.nCopies(16, 0));
  private final KernelSnapshot tables = mock(KernelSnapshot.class);

  @Test
  void countsRecordsWhereTheTablesWereNotRead() {
    countsByState.set(TcpState.CLOSE_WAIT.code(), 4);
    countsByState.set(TcpState.ESTABLISHED.code(), 2);
    countsByState.set(TcpState.CLOSE.code(), 1);
    Census census = new CensusTaker(registry(), null).census(3);
    assertThat(census.countsByState())
        .containsExactly(entry("ESTABLISHED", 2), entry("CLOSED", 1), entry("CLOSE_WAIT", 4));
    assertThat(census.stuckConnections()).isEqualTo(3);
  }

  @Test
  void doesNotKnowTheDescriptorsWhereTheTablesWereNotRead() {
    Census census = new CensusTaker(registry(), null).census(0);
    assertThat(census.openDescriptors()).isEqualTo(-1);
    assertThat(census.descriptorLimit()).isEqualTo(-1);
  }

  @Test
  void takesTheTablesWhereTheyWereRead() {
    countsByState.set(TcpState.LISTEN.code(), 77);
    tables(OptionalInt.of(210), OptionalLong.of(65_536));
    Census census = new CensusTaker(registry(), tables).census(0);
    assertThat(census.countsByState())
        .containsExactly(entry("TIME_WAIT", 3), entry("CLOSE_WAIT", 8));
    assertThat(census.openDescriptors()).isEqualTo(210);
    assertThat(census.descriptorLimit()).isEqualTo(65_536);
  }

  @Test
  void saysWhichStatesWereCountedByPort() {
    tables(OptionalInt.empty(), OptionalLong.empty());
    Census census = new CensusTaker(registry(), tables).census(0);
    assertThat(census.countedByPort()).containsExactly("TIME_WAIT");
    assertThat(census.openDescriptors()).isEqualTo(-1);
  }

  private RegistrySnapshot registry() {
    return new RegistrySnapshot(List.of(), List.of(), Set.of(), List.of(), countsByState);
  }

  private void tables(OptionalInt open, OptionalLong limit) {
    when(tables.census())
        .thenReturn(
            new dev.closewait.kernel.Census(
                Map.of(TcpState.CLOSE_WAIT, 8), Map.of(TcpState.TIME_WAIT, 3)));
    when(tables.descriptors()).thenReturn(new DescriptorUsage(open, limit, List.of()));
  }
}
