package dev.closewait.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/**
 * The row that was read last, as numbers; one instance is reused for all rows of a table.
 *
 * <p>Columns as printed by get_tcp4_sock in net/ipv4/tcp_ipv4.c and get_tcp6_sock in
 * net/ipv6/tcp_ipv6.c of Linux: {@code sl: address:port address:port st tx:rx tr:when retransmits
 * uid timeout inode ...}. An address is one or four words of 32 bits, each printed as a number in
 * the machine's byte order; a port is printed as the number it is. What follows the inode differs
 * between states and kernels and is not read.
 */
final class ProcNetTcpRow {

  private static final int WORD_DIGITS = 8;
  private static final int MAX_WORDS = 4;

  private final ByteOrder order;
  private final int[] localWords = new int[MAX_WORDS];
  private final int[] remoteWords = new int[MAX_WORDS];

  private byte[] bytes = {};
  private int position;
  private int end;
  private boolean malformed;

  private int words;
  private int localPort;
  private int remotePort;
  private int stateCode;
  private long transmitQueue;
  private long receiveQueue;
  private long uid;
  private long inode;

  ProcNetTcpRow(ByteOrder order) {
    this.order = order;
  }

  /** Reads one line without its line end; false when it is not a row. */
  boolean read(byte[] line, int from, int to) {
    bytes = line;
    position = from;
    end = to;
    malformed = false;
    readEndpoints();
    readColumns();
    return !malformed;
  }

  private void readEndpoints() {
    skipSpaces();
    decimal();
    expect(':');
    gap();
    words = address(localWords);
    expect(':');
    localPort = (int) hex(4);
    gap();
    int remoteWordCount = address(remoteWords);
    // In one statement |= would take back what reading the address has found.
    malformed |= remoteWordCount != words;
    expect(':');
    remotePort = (int) hex(4);
    gap();
  }

  private void readColumns() {
    stateCode = (int) hex(2);
    gap();
    transmitQueue = hex(WORD_DIGITS);
    expect(':');
    receiveQueue = hex(WORD_DIGITS);
    gap();
    column(); // timer
    column(); // retransmits
    uid = decimal();
    gap();
    column(); // timeout
    inode = decimal();
    malformed |= position < end && bytes[position] != ' ';
  }

  int stateCode() {
    return stateCode;
  }

  int localPort() {
    return localPort;
  }

  int remotePort() {
    return remotePort;
  }

  long inode() {
    return inode;
  }

  KernelSocket toSocket(TcpState state) {
    return new KernelSocket(
        state,
        address(localWords, words),
        localPort,
        address(remoteWords, words),
        remotePort,
        receiveQueue,
        transmitQueue,
        uid,
        inode);
  }

  private InetAddress address(int[] from, int count) {
    byte[] address = new byte[count * Integer.BYTES];
    for (int i = 0; i < count; i++) {
      int word = order == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(from[i]) : from[i];
      for (int b = 0; b < Integer.BYTES; b++) {
        address[i * Integer.BYTES + b] = (byte) (word >>> (Byte.SIZE * (Integer.BYTES - 1 - b)));
      }
    }
    try {
      // Gives an Inet4Address for ::ffff:a.b.c.d too.
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of 4 or 16 bytes is always legal", e);
    }
  }

  private int address(int[] into) {
    into[0] = (int) hex(WORD_DIGITS);
    if (position >= end || digit(bytes[position]) < 0) {
      return 1;
    }
    for (int i = 1; i < MAX_WORDS; i++) {
      into[i] = (int) hex(WORD_DIGITS);
    }
    return MAX_WORDS;
  }

  private long hex(int digits) {
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = position < end ? digit(bytes[position]) : -1;
      if (digit < 0) {
        malformed = true;
        return 0;
      }
      value = value << 4 | digit;
      position++;
    }
    return value;
  }

  private static int digit(byte character) {
    if (character >= '0' && character <= '9') {
      return character - '0';
    }
    return character >= 'A' && character <= 'F' ? character - 'A' + 10 : -1;
  }

  private long decimal() {
    int first = position;
    long value = 0;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      value = value * 10 + (bytes[position] - '0');
      position++;
    }
    // 18 digits always fit; the kernel's inode numbers are of 32 bits, or count up from there.
    malformed |= position == first || position - first > 18;
    return value;
  }

  private void column() {
    int first = position;
    while (position < end && bytes[position] != ' ') {
      position++;
    }
    malformed |= position == first;
    gap();
  }

  private void gap() {
    int first = position;
    skipSpaces();
    malformed |= position == first;
  }

  private void skipSpaces() {
    while (position < end && bytes[position] == ' ') {
      position++;
    }
  }

  private void expect(char character) {
    if (position < end && bytes[position] == character) {
      position++;
    } else {
      malformed = true;
    }
  }
}
