package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.ALL;
import static dev.closewait.kernel.CapturedTables.address;
import static dev.closewait.kernel.CapturedTables.parse;
import static dev.closewait.kernel.CapturedTables.read;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcNetTcpParserTest {

  private static final String ROW =
      "   8: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000  1000        0"
          + " 12935 1 000000001cfe5547 20 4 0 10 -1                     \n";

  @Test
  void readsEveryColumnOfAnIpv4Row() {
    assertThat(parse(ROW.replace("08 00000000:", "08 FFFFFFFE:").getBytes(US_ASCII)).sockets())
        .containsExactly(
            new KernelSocket(
                TcpState.CLOSE_WAIT,
                address("127.0.0.1"),
                8080,
                address("127.0.0.1"),
                40002,
                1,
                4_294_967_294L,
                1000,
                12935));
  }

  @ParameterizedTest
  @CsvSource({
    "net/tcp,  127.0.0.1, 8080, 127.0.0.1, 40000",
    "net/tcp6, 127.0.0.1, 9090, 127.0.0.1, 41000",
    "net/tcp6, ::1,       7070, ::1,       42000"
  })
  void seesTheCapturedSceneOn(
      String table, String local, int localPort, String remote, int portBase) {
    List<KernelSocket> rows =
        parse(read(table)).sockets().stream()
            .filter(row -> row.localPort() == localPort && row.state() != TcpState.LISTEN)
            .toList();

    assertThat(rows)
        .allMatch(row -> row.localAddress().equals(address(local)))
        .allMatch(row -> row.remoteAddress().equals(address(remote)));
    assertThat(rows)
        .extracting(
            row -> row.remotePort() - portBase,
            KernelSocket::state,
            KernelSocket::receiveQueue,
            row -> row.inode() != 0,
            KernelSocket::waitsInAcceptQueue)
        .containsExactlyInAnyOrder(
            tuple(1, TcpState.ESTABLISHED, 0L, true, false),
            tuple(2, TcpState.CLOSE_WAIT, 1L, true, false),
            tuple(3, TcpState.CLOSE_WAIT, 6L, true, false),
            tuple(4, TcpState.CLOSE_WAIT, 0L, true, false),
            tuple(5, TcpState.TIME_WAIT, 0L, false, false),
            tuple(6, TcpState.ESTABLISHED, 0L, false, true),
            tuple(7, TcpState.CLOSE_WAIT, 1L, false, true),
            tuple(8, TcpState.CLOSE_WAIT, 4L, false, true));
  }

  @ParameterizedTest
  @CsvSource({"net/tcp, 8080, 127.0.0.1", "net/tcp6, 9090, ::", "net/tcp6, 7070, ::1"})
  void countsWaitingConnectionsInTheRowOfTheListeningSocket(String table, int port, String bound) {
    assertThat(parse(read(table)).sockets())
        .filteredOn(row -> row.state() == TcpState.LISTEN && row.localPort() == port)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.localAddress()).isEqualTo(address(bound));
              assertThat(row.receiveQueue()).isEqualTo(3);
              assertThat(row.remotePort()).isZero();
            });
  }

  @Test
  void turnsMappedAddressesIntoIpv4() {
    assertThat(parse(read("net/tcp6")).sockets())
        .filteredOn(row -> row.remotePort() == 41002)
        .singleElement()
        .extracting(KernelSocket::localAddress)
        .isInstanceOf(Inet4Address.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"net/tcp", "net/tcp6"})
  void readsTheSameFromABigEndianMachine(String table) {
    String bigEndian = reverseWords(new String(read(table), US_ASCII));
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser = new ProcNetTcpParser(ByteOrder.BIG_ENDIAN, ALL, collector);
    byte[] bytes = bigEndian.getBytes(US_ASCII);
    parser.feed(bytes, bytes.length);
    parser.finish();

    assertThat(collector.rows()).isEqualTo(parse(read(table)));
  }

  /** What the same addresses look like where a word's most significant byte comes first. */
  private static String reverseWords(String table) {
    return Pattern.compile("[0-9A-F]{8}(?=[0-9A-F]*:[0-9A-F]{4} )")
        .matcher(table)
        .replaceAll(ProcNetTcpParserTest::reverseWord);
  }

  private static String reverseWord(MatchResult word) {
    return String.format("%08X", Integer.reverseBytes(Integer.parseUnsignedInt(word.group(), 16)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"net/tcp", "net/tcp6"})
  void readsTheSameWhereverAChunkEnds(String table) {
    byte[] bytes = read(table);
    KernelScan.Rows whole = parse(bytes);
    assertThat(whole.skippedRows()).isZero();
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(parseInChunks(bytes, cut, bytes.length)).as("cut at %d", cut).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 149, 150, 151, 4050, 4096})
  void readsTheSameInChunksOf(int size) {
    byte[] bytes = read("net/tcp6");
    assertThat(parseInChunks(bytes, 0, size)).isEqualTo(parse(bytes));
  }

  private static KernelScan.Rows parseInChunks(byte[] table, int first, int others) {
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser = new ProcNetTcpParser(ByteOrder.LITTLE_ENDIAN, ALL, collector);
    byte[] buffer = new byte[Math.max(first, others)];
    int position = 0;
    int size = first;
    while (position < table.length) {
      int length = Math.min(size, table.length - position);
      System.arraycopy(table, position, buffer, 0, length);
      parser.feed(buffer, length);
      position += length;
      size = others;
    }
    parser.finish();
    return collector.rows();
  }

  @Test
  void skipsALastLineThatIsCutOffBecauseHalfAnInodeIsAnotherSockets() {
    int endOfInode = ROW.indexOf("12935") + "12935".length();
    for (int length = 1; length <= endOfInode; length++) {
      assertThat(parse((ROW + ROW.substring(0, length)).getBytes(US_ASCII)))
          .as("cut after %d bytes", length)
          .satisfies(rows -> assertThat(rows.sockets()).hasSize(1))
          .satisfies(rows -> assertThat(rows.skippedRows()).isEqualTo(1));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "garbage",
        "   8 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007G:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F:1F90 0100007G:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F0:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F:11F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F:1F90 00000000000000000000000001000000:9C42 08 00000000:00000001 0:0 0 0 0"
            + " 1",
        "   8: 0100007F:1F90 0100007F:9C42 8 00000000:00000001 00:00000000 00000000 0 0 1",
        "   8: 0100007F:1F90 0100007F:9C42 08 00000000 00:00000000 00000000 0 0 1",
        "   8: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 -1 0 1",
        "   8: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0",
        "   8: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0 12x",
        "   8: 0100007F:1F90 0100007F:9C42 08 00000000:00000001 00:00000000 00000000 0 0"
            + " 9999999999999999999",
        "   8: 0100007F:1F90 0100007F:9C42 0D 00000000:00000001 00:00000000 00000000 0 0 1"
      })
  void countsAndSkips(String malformed) {
    KernelScan.Rows rows = parse((malformed + "\n" + ROW).getBytes(US_ASCII));

    assertThat(rows.skippedRows()).isEqualTo(1);
    assertThat(rows.sockets()).singleElement().extracting(KernelSocket::inode).isEqualTo(12935L);
  }

  @ParameterizedTest
  @ValueSource(ints = {513, 5_000, 100_000})
  void skipsALineTooLongToBeARow(int length) {
    byte[] bytes = (ROW.stripTrailing() + " ".repeat(length) + "\n" + ROW).getBytes(US_ASCII);

    assertThat(parse(bytes).skippedRows()).isEqualTo(1);
    assertThat(parse(bytes).sockets()).hasSize(1);
    assertThat(parseInChunks(bytes, 100, 100)).isEqualTo(parse(bytes));
  }

  @Test
  void ignoresColumnsAfterTheInode() {
    String longer = ROW.stripTrailing() + " 17 new:columns {\n";
    String shorter = ROW.substring(0, ROW.indexOf("12935") + 5) + "\n";

    assertThat(parse(longer.getBytes(US_ASCII))).isEqualTo(parse(ROW.getBytes(US_ASCII)));
    assertThat(parse(shorter.getBytes(US_ASCII))).isEqualTo(parse(ROW.getBytes(US_ASCII)));
  }

  @Test
  void showsARowThatTheKernelShowedTwiceOnce() {
    String later = ROW.replace("00000000:00000001", "00000000:00000002");

    assertThat(parse((ROW + later).getBytes(US_ASCII)).sockets())
        .singleElement()
        .extracting(KernelSocket::receiveQueue)
        .isEqualTo(2L);
  }

  @Test
  void allocatesNothingForRejectedRows() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] bytes = read("net/tcp6");
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser =
        new ProcNetTcpParser(
            ByteOrder.LITTLE_ENDIAN, (state, local, remote, inode) -> false, collector);
    parser.feed(bytes, bytes.length);
    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);

    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 1_000; i++) {
      parser.feed(bytes, bytes.length);
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(allocated).as("bytes for 32,000 rows").isLessThan(10_000);
    assertThat(collector.rows().sockets()).isEmpty();
  }
}
