package dev.closewait.kernel;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The captured tables of ORIGIN.md, and processes made of them. */
final class CapturedTables {

  static final RowFilter ALL = (state, local, remote, inode) -> true;

  private CapturedTables() {}

  static byte[] read(String name) {
    try (InputStream in = CapturedTables.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The captures are of a little-endian machine. */
  static KernelScan.Rows parse(byte[] table) {
    RowCollector collector = new RowCollector();
    ProcNetTcpParser parser = new ProcNetTcpParser(ByteOrder.LITTLE_ENDIAN, ALL, collector);
    parser.feed(table, table.length);
    parser.finish();
    return collector.rows();
  }

  /**
   * Lays out a directory like that of a process, with the captured tables and these descriptors.
   */
  static File process(Path directory, Map<Integer, String> links) throws IOException {
    Files.createDirectories(directory.resolve("net"));
    Files.createDirectories(directory.resolve("fd"));
    for (String name : new String[] {"net/tcp", "net/tcp6", "limits"}) {
      Files.write(directory.resolve(name), read(name));
    }
    for (Map.Entry<Integer, String> link : links.entrySet()) {
      Path descriptor = directory.resolve("fd").resolve(link.getKey().toString());
      Files.createSymbolicLink(descriptor, Path.of(link.getValue()));
    }
    return directory.toFile();
  }

  /** An address literal; a name would be a mistake of the test. */
  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
