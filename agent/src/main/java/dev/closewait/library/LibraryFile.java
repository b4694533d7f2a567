package dev.closewait.library;

import dev.closewait.library.ClientLibrary.Takes;
import dev.closewait.library.LibraryMethod.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the data file, which describes its own format.
 *
 * <p>Runs before the application's main: no regular expressions, no lambdas.
 */
final class LibraryFile {
  private static final String NAME = "library";
  private static final String FRAMES = "frames";
  private static final String TAKES = "takes";
  private static final String IDLE = "idle";
  private static final String CLOSE = "close";
  private static final String SHARE = "share";
  private static final List<String> KEYS = List.of(NAME, FRAMES, TAKES, IDLE, CLOSE, SHARE);

  private final List<ClientLibrary> libraries = new ArrayList<>();
  private final List<LibraryMethod> methods = new ArrayList<>();
  private final List<ClientLibrary> libraryOfRow = new ArrayList<>();
  private final Map<String, String> section = new HashMap<>();

  ClientLibraries parse(String file) {
    int start = 0;
    while (start < file.length()) {
      int end = file.indexOf('\n', start);
      end = end < 0 ? file.length() : end;
      line(file.substring(start, end).strip());
      start = end + 1;
    }
    endSection();
    return new ClientLibraries(libraries, methods, libraryOfRow);
  }

  private void line(String line) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return;
    }
    int space = line.indexOf(' ');
    String key = space < 0 ? line : line.substring(0, space);
    String rest = line.substring(key.length()).strip();
    if (key.equals(NAME)) {
      endSection();
    }
    if (!KEYS.contains(key)) {
      methods.add(method(Event.of(key), words(rest)));
    } else if (rest.isEmpty() || section.put(key, rest) != null) {
      throw new IllegalArgumentException("empty, or there already: " + line);
    }
  }

  private void endSection() {
    if (!section.isEmpty()) {
      ClientLibrary library =
          new ClientLibrary(
              needed(NAME),
              words(needed(FRAMES)),
              Takes.valueOf(needed(TAKES).toUpperCase(Locale.ROOT)),
              section.get(IDLE),
              section.get(CLOSE),
              section.get(SHARE));
      libraries.add(library);
      while (libraryOfRow.size() < methods.size()) {
        libraryOfRow.add(library);
      }
      section.clear();
    }
  }

  private String needed(String key) {
    String value = section.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key + " in " + section);
    }
    return value;
  }

  /**
   * @param words the edge, the method, the operands
   */
  private LibraryMethod method(Event event, List<String> words) {
    String place = words.get(1);
    int parameters = place.indexOf('(');
    int nameEnd = parameters < 0 ? place.length() - 1 : parameters;
    int dot = place.lastIndexOf('.', nameEnd);
    List<String> operands = words.subList(2, words.size());
    if ((parameters < 0 && !place.endsWith("*")) || operands.size() != event.operands()) {
      throw new IllegalArgumentException(
          "not a method with the operands of " + event + ": " + place);
    }
    return new LibraryMethod(
        methods.size(),
        event,
        words.get(0).startsWith("return"),
        words.get(0).endsWith("?"),
        place.substring(0, dot),
        place.substring(dot + 1, nameEnd),
        parameters < 0 ? null : place.substring(parameters),
        operands);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        words.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return words;
  }
}
