package dev.closewait.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The properties file that the option {@code config} names. */
final class OptionFile {
  /** Far above any real file; keeps {@code config=/dev/zero} from filling the heap. */
  private static final int MOST_BYTES = 256 * 1024;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private OptionFile() {}

  /**
   * Reads the file, whose keys may have the prefix {@code closewait.} or not.
   *
   * @param suffix says in a complaint who named the file
   */
  static Settings read(String path, String suffix) throws OptionException {
    Entries entries = new Entries();
    try {
      entries.load(new StringReader(text(path)));
    } catch (IOException e) {
      throw new OptionException(
          "config file " + path + " cannot be read (" + reason(e, path) + ")" + suffix);
    } catch (IllegalArgumentException e) {
      // Properties.load: a \\u without four hexadecimal digits, as in C:\\users.
      throw new OptionException(
          "config file " + path + " has a wrong \\u escape (write a backslash as \\\\)" + suffix);
    }
    return settings(entries, "file ".concat(path));
  }

  private static String text(String path) throws IOException {
    try (InputStream in = new FileInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IOException("it is larger than " + MOST_BYTES / 1024 + " KiB");
      }
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  /** java.io.FileInputStream says {@code path (reason)}; the path stands in our text already. */
  private static String reason(IOException e, String path) {
    String message = String.valueOf(e.getMessage());
    String start = path + " (";
    return message.startsWith(start) && message.endsWith(")")
        ? message.substring(start.length(), message.length() - 1)
        : message;
  }

  private static Settings settings(Entries entries, String origin) throws OptionException {
    if (entries.repeatedKey != null) {
      throw new OptionException(
          Setting.quoted(entries.repeatedKey)
              + " is given twice (keep one)"
              + Setting.suffix(origin));
    }
    Settings settings = new Settings();
    for (String name : entries.stringPropertyNames()) {
      String key =
          name.startsWith(AgentOption.PROPERTY_PREFIX)
              ? name.substring(AgentOption.PROPERTY_PREFIX.length())
              : name;
      String text = entries.getProperty(name, "").strip();
      Setting setting = new Setting(OptionSources.known(key, origin), text, origin);
      if (setting.option() == AgentOption.CONFIG) {
        throw setting.wrong("stands in a config file", "name one file, outside of it");
      }
      settings.add(setting);
    }
    return settings;
  }

  /**
   * Properties that notice a key that the file has twice, of which they would keep the last. {@code
   * load} stores through {@code put} (java.util.Properties.load0, JDK 17 to 25).
   */
  private static final class Entries extends Properties {
    private static final long serialVersionUID = 1L;

    @Nullable String repeatedKey;

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      Object previous = super.put(key, value);
      if (previous != null && repeatedKey == null) {
        repeatedKey = key.toString();
      }
      return previous;
    }
  }
}
