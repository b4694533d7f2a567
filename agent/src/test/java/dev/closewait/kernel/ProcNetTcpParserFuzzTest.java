package dev.closewait.kernel;

import static dev.closewait.kernel.CapturedTables.ALL;
import static dev.closewait.kernel.CapturedTables.parse;
import static dev.closewait.kernel.CapturedTables.read;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damages the captured tables at random and compares with a second, slower reading of them. */
class ProcNetTcpParserFuzzTest {

  private static final int ROUNDS = 1_000;
  private static final long SEED = 20_261_120L;

  private static final Pattern ROW =
      Pattern.compile(
          " *[0-9]{1,18}: +(?<local>[0-9A-F]{8}|[0-9A-F]{32}):(?<localPort>[0-9A-F]{4})"
              + " +(?<remote>[0-9A-F]{8}|[0-9A-F]{32}):(?<remotePort>[0-9A-F]{4})"
              + " +(?<state>[0-9A-F]{2}) +(?<tx>[0-9A-F]{8}):(?<rx>[0-9A-F]{8})"
              + " +[^ ]+ +[^ ]+ +(?<uid>[0-9]{1,18}) +[^ ]+ +(?<inode>[0-9]{1,18})( .*)?",
          Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"net/tcp", "net/tcp6"})
  void agreesWithAPlainReadingOfDamagedTables(String table) {
    Random random = new Random(SEED);
    byte[] intact = read(table);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(intact, random);
      assertThat(digest(parse(damaged))).as("round %d", round).isEqualTo(expected(damaged));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"net/tcp", "net/tcp6"})
  void readsDamagedTablesTheSameInChunksOfAnySize(String table) {
    Random random = new Random(SEED);
    byte[] intact = read(table);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(intact, random);
      assertThat(parseInChunks(damaged, random)).as("round %d", round).isEqualTo(parse(damaged));
    }
  }

  @Test
  void endsOnBytesThatAreNoTableAtAll() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(2_000)];
      random.nextBytes(noise);
      assertThat(digest(parse(noise))).as("round %d", round).isEqualTo(expected(noise));
    }
  }

  private static byte[] damage(byte[] intact, Random random) {
    byte[] bytes = intact.clone();
    for (int i = random.nextInt(12); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      bytes[at] = " 0123456789ABCDEFG:\n\0x".getBytes(ISO_8859_1)[random.nextInt(22)];
    }
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + random.nextInt(200));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, random.nextBoolean() ? from : to);
    out.write(bytes, random.nextBoolean() ? from : to, bytes.length - to);
    return out.toByteArray();
  }

  private static KernelScan.Rows parseInChunks(byte[] table, Random random) {
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser = new ProcNetTcpParser(ByteOrder.LITTLE_ENDIAN, ALL, collector);
    for (int position = 0; position < table.length; ) {
      int length = Math.min(table.length - position, random.nextInt(600));
      parser.feed(Arrays.copyOfRange(table, position, position + length), length);
      position += length;
    }
    parser.finish();
    return collector.rows();
  }

  /** The numbers of all rows by what identifies them, and how many lines are none. */
  private static Map<String, String> expected(byte[] table) {
    Map<String, String> rows = new LinkedHashMap<>();
    int skipped = 0;
    String text = new String(table, ISO_8859_1);
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      String line = text.substring(start, end);
      skipped += line.length() <= 512 && readRow(line, rows) ? 0 : 1;
      start = end + 1;
    }
    rows.put("skipped", Integer.toString(skipped + (start < text.length() ? 1 : 0)));
    return rows;
  }

  private static boolean readRow(String line, Map<String, String> rows) {
    Matcher row = ROW.matcher(line);
    if (!row.matches() || row.group("local").length() != row.group("remote").length()) {
      return line.replaceFirst("^ *", "").startsWith("sl");
    }
    int state = Integer.parseInt(row.group("state"), 16);
    if (state < 1 || state > 12) {
      return false;
    }
    String key =
        Long.parseLong(row.group("inode"))
            + address(row.group("local"))
            + Integer.parseInt(row.group("localPort"), 16)
            + address(row.group("remote"))
            + Integer.parseInt(row.group("remotePort"), 16);
    String value =
        state
            + " "
            + Long.parseLong(row.group("tx"), 16)
            + " "
            + Long.parseLong(row.group("rx"), 16)
            + " "
            + Long.parseLong(row.group("uid"));
    rows.put(key, value);
    return true;
  }

  private static String address(String words) {
    StringBuilder bytes = new StringBuilder();
    for (int word = 0; word < words.length(); word += 8) {
      for (int digit = 6; digit >= 0; digit -= 2) {
        bytes.append(words, word + digit, word + digit + 2);
      }
    }
    String mapped = "00000000000000000000FFFF";
    return "/" + (bytes.indexOf(mapped) == 0 ? bytes.substring(24) : bytes) + "/";
  }

  private static Map<String, String> digest(KernelScan.Rows scan) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (KernelSocket socket : scan.sockets()) {
      String key =
          socket.inode()
              + hex(socket.localAddress().getAddress())
              + socket.localPort()
              + hex(socket.remoteAddress().getAddress())
              + socket.remotePort();
      String value =
          socket.state().code()
              + " "
              + socket.transmitQueue()
              + " "
              + socket.receiveQueue()
              + " "
              + socket.uid();
      rows.put(key, value);
    }
    rows.put("skipped", Integer.toString(scan.skippedRows()));
    return rows;
  }

  private static String hex(byte[] address) {
    StringBuilder digits = new StringBuilder("/");
    for (byte b : address) {
      digits.append(String.format("%02X", b));
    }
    return digits.append('/').toString();
  }
}
