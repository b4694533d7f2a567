package dev.closewait.kernel;

import java.io.Closeable;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/** One of the two tables, opened once and read again from its start, which takes no descriptor. */
final class ProcNetTable implements Closeable {

  /** Some three million rows: an end for a file that has none. */
  private static final long MAX_BYTES = 512L * 1024 * 1024;

  private final File file;
  private final boolean optional;
  private @Nullable RandomAccessFile opened;

  private ProcNetTable(File file, boolean optional) {
    this.file = file;
    this.optional = optional;
  }

  /**
   * Opens the table if that is possible now; if not, each reading tries again and says why it
   * failed.
   */
  static ProcNetTable open(File file, boolean optional) {
    ProcNetTable table = new ProcNetTable(file, optional);
    try {
      table.opened();
    } catch (IOException e) {
      // The first reading reports it.
    }
    return table;
  }

  /**
   * @param maxBytes where to stop; the rows up to there are fed
   */
  void feed(ProcNetTcpParser parser, byte[] buffer, long maxBytes) throws IOException {
    RandomAccessFile table = opened();
    if (table == null) {
      return;
    }
    try {
      feed(parser, buffer, table, maxBytes);
    } catch (IOException e) {
      throw new IOException(file + " (" + e.getMessage() + ")", e);
    }
  }

  private static void feed(
      ProcNetTcpParser parser, byte[] buffer, RandomAccessFile table, long maxBytes)
      throws IOException {
    table.seek(0);
    long total = 0;
    for (int read = table.read(buffer); read > 0; read = table.read(buffer)) {
      parser.feed(buffer, read);
      total += read;
      if (total >= maxBytes) {
        break;
      }
      if (total > MAX_BYTES) {
        throw new IOException("longer than " + MAX_BYTES + " bytes");
      }
    }
    parser.finish();
  }

  /** Null when the kernel has no such table and may do without (tcp6, where IPv6 is disabled). */
  private @Nullable RandomAccessFile opened() throws IOException {
    if (opened != null) {
      return opened;
    }
    if (!file.exists()) {
      if (optional) {
        return null;
      }
      throw new FileNotFoundException(file + " does not exist on " + System.getProperty("os.name"));
    }
    opened = new RandomAccessFile(file, "r");
    return opened;
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
