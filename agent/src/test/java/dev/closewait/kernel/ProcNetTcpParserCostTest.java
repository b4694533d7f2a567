package dev.closewait.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** Says what 100,000 rows cost to read; the time is printed, not judged. */
class ProcNetTcpParserCostTest {

  private static final int ROWS = 100_000;
  private static final int CLOSE_WAIT_EVERY = 200;
  private static final int PASSES = 5;

  @Test
  void readsAHundredThousandRows() {
    byte[] table = table();
    long best = Long.MAX_VALUE;
    int found = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long start = System.nanoTime();
      found = closeWaitRows(table);
      best = Math.min(best, System.nanoTime() - start);
    }
    System.out.printf(
        "%,d generated rows parsed in %.1f ms, %d ns a row%n", ROWS, best / 1e6, best / ROWS);
    assertThat(found).isEqualTo(ROWS / CLOSE_WAIT_EVERY);
  }

  private static int closeWaitRows(byte[] table) {
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser =
        new ProcNetTcpParser(
            ByteOrder.nativeOrder(),
            (state, local, remote, inode) -> state == TcpState.CLOSE_WAIT.code(),
            collector);
    byte[] chunk = new byte[4_050];
    for (int position = 0; position < table.length; position += chunk.length) {
      int length = Math.min(chunk.length, table.length - position);
      System.arraycopy(table, position, chunk, 0, length);
      parser.feed(chunk, length);
    }
    parser.finish();
    return collector.rows().sockets().size();
  }

  private static byte[] table() {
    StringBuilder table = new StringBuilder(ROWS * 150);
    for (int i = 0; i < ROWS; i++) {
      int start = table.length();
      String state = i % CLOSE_WAIT_EVERY == 0 ? "08" : "01";
      table
          .append(String.format("%4d: %08X:1F90 0100007F:%04X", i, i, i & 0xffff))
          .append(' ')
          .append(state)
          .append(" 00000000:00000001 00:00000000 00000000  1000        0 ")
          .append(10_000 + i)
          .append(" 1 000000001cfe5547 20 4 0 10 -1");
      table.append(" ".repeat(Math.max(0, 149 - (table.length() - start)))).append('\n');
    }
    return table.toString().getBytes(US_ASCII);
  }
}
