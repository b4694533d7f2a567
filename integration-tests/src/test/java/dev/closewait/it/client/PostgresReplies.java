package dev.closewait.it.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the PostgreSQL server says, gathered until it is ready for the next query: SELECT and SHOW
 * have one row with one value.
 */
final class PostgresReplies {
  /** Object identifier of text (pg_type.dat). */
  private static final int TEXT = 25;

  /** Pools ask for it: SHOW TRANSACTION ISOLATION LEVEL. */
  private static final String ISOLATION = "read committed";

  private static final byte[] AUTHENTICATED = {0, 0, 0, 0};

  private final OutputStream out;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final DataOutputStream writer = new DataOutputStream(gathered);

  PostgresReplies(OutputStream out) {
    this.out = out;
  }

  void welcome() throws IOException {
    reply('R', AUTHENTICATED);
    reply('S', "server_version\0" + "18.0\0");
    reply('S', "client_encoding\0UTF8\0");
    reply('S', "DateStyle\0ISO, MDY\0");
    reply('S', "TimeZone\0UTC\0");
    reply('S', "integer_datetimes\0on\0");
    reply('S', "standard_conforming_strings\0on\0");
    ready();
  }

  void parsed() throws IOException {
    reply('1', "");
  }

  void bound() throws IOException {
    reply('2', "");
  }

  void closed() throws IOException {
    reply('3', "");
  }

  void describe(String query) throws IOException {
    if (hasRow(query)) {
      reply('T', oneColumn());
    } else {
      reply('n', "");
    }
  }

  void execute(String query) throws IOException {
    if (hasRow(query)) {
      reply('D', rowOf(query.startsWith("SHOW") ? ISOLATION : "1"));
      reply('C', "SELECT 1\0");
    } else if (query.isEmpty()) {
      reply('I', "");
    } else {
      reply('C', "SET\0");
    }
  }

  /** The simple protocol: all of it in one message. */
  void query(String query) throws IOException {
    if (hasRow(query)) {
      describe(query);
    }
    execute(query);
    ready();
  }

  /** Sends what was gathered. */
  void ready() throws IOException {
    reply('Z', "I");
    gathered.writeTo(out);
    gathered.reset();
  }

  private static boolean hasRow(String query) {
    return query.startsWith("SELECT") || query.startsWith("SHOW");
  }

  /** Name, no table, type, its size, no modifier, as text. */
  private static byte[] oneColumn() throws IOException {
    ByteArrayOutputStream column = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(column);
    fields.writeShort(1);
    fields.writeBytes("value\0");
    fields.writeInt(0);
    fields.writeShort(0);
    fields.writeInt(TEXT);
    fields.writeShort(-1);
    fields.writeInt(-1);
    fields.writeShort(0);
    return column.toByteArray();
  }

  private static byte[] rowOf(String value) throws IOException {
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(row);
    fields.writeShort(1);
    fields.writeInt(value.length());
    fields.writeBytes(value);
    return row.toByteArray();
  }

  private void reply(char type, String body) throws IOException {
    reply(type, body.getBytes(US_ASCII));
  }

  private void reply(char type, byte[] body) throws IOException {
    writer.writeByte(type);
    writer.writeInt(Integer.BYTES + body.length);
    writer.write(body);
  }
}
