package dev.closewait.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.kernel.Census;
import dev.closewait.kernel.DescriptorUsage;
import dev.closewait.kernel.ProcessStates;
import dev.closewait.kernel.TcpState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatesTextTest {
  private static final DescriptorUsage DESCRIPTORS =
      new DescriptorUsage(OptionalInt.of(4_107), OptionalLong.of(65_536), List.of());

  @Test
  void putsWhatIsStuckFirst() throws UnknownHostException {
    Census census =
        new Census(
            Map.of(TcpState.LISTEN, 2, TcpState.ESTABLISHED, 88, TcpState.CLOSE_WAIT, 4_012),
            Map.of(TcpState.TIME_WAIT, 310));
    Map<InetAddress, Integer> remotes = new LinkedHashMap<>();
    remotes.put(address(7), 3_980);
    remotes.put(address(9), 32);

    assertThat(StatesText.of(new ProcessStates(4711, census, remotes, DESCRIPTORS, List.of())))
        .isEqualTo(
            """
            CLOSE_WAIT 4,012   ESTABLISHED 88   TIME_WAIT 310 (by port)   LISTEN 2   \
            descriptors 4,107 of 65,536
            CLOSE_WAIT by remote   10.0.3.7 3,980   10.0.3.9 32
            """);
  }

  @Test
  void saysThatNothingIsStuck() {
    assertThat(of(new Census(Map.of(TcpState.LISTEN, 1), Map.of()), DESCRIPTORS))
        .isEqualTo("CLOSE_WAIT 0   LISTEN 1   descriptors 4,107 of 65,536\n");
  }

  @Test
  void tellsConnectionsThatNobodyAcceptedFromThoseThatSomebodyHolds() {
    Census census = new Census(Map.of(TcpState.CLOSE_WAIT, 4), Map.of(TcpState.CLOSE_WAIT, 23));

    assertThat(of(census, DESCRIPTORS))
        .startsWith("CLOSE_WAIT 27 (23 not accepted, by port)   descriptors");
  }

  @Test
  void saysWhatIsNotKnown() {
    DescriptorUsage unknown =
        new DescriptorUsage(OptionalInt.empty(), OptionalLong.empty(), List.of());
    ProcessStates states =
        new ProcessStates(
            4711, new Census(Map.of(), Map.of()), Map.of(), unknown, List.of("3 links"));

    assertThat(StatesText.of(states)).isEqualTo("CLOSE_WAIT 0   descriptors ?\nmissing: 3 links\n");
  }

  @Test
  void namesTenRemotesAndCountsTheOthers() throws UnknownHostException {
    Map<InetAddress, Integer> remotes = new LinkedHashMap<>();
    for (int i = 1; i <= 13; i++) {
      remotes.put(address(i), 100_000 - i);
    }
    Census census = new Census(Map.of(TcpState.CLOSE_WAIT, 1_299_909), Map.of());

    String text = StatesText.of(new ProcessStates(4711, census, remotes, DESCRIPTORS, List.of()));

    assertThat(text).contains("10.0.3.10 99,990\n   and 3 more\n").doesNotContain("10.0.3.11");
    assertThat(text.lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 110);
  }

  private static String of(Census census, DescriptorUsage descriptors) {
    return StatesText.of(new ProcessStates(4711, census, Map.of(), descriptors, List.of()));
  }

  private static InetAddress address(int last) throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {10, 0, 3, (byte) last});
  }
}
