package dev.closewait.library;

import dev.closewait.library.LibraryMethod.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All client libraries that are known, in the order of the data file. */
public final class ClientLibraries {
  /** The data file, in the jar of the agent. */
  public static final String RESOURCE = "dev/closewait/library/client-libraries.txt";

  private final List<ClientLibrary> libraries;
  private final List<LibraryMethod> methods;
  private final List<ClientLibrary> libraryOfRow;

  ClientLibraries(
      List<ClientLibrary> libraries,
      List<LibraryMethod> methods,
      List<ClientLibrary> libraryOfRow) {
    this.libraries = libraries;
    this.methods = methods;
    this.libraryOfRow = libraryOfRow;
  }

  public static ClientLibraries parse(String file) {
    return new LibraryFile().parse(file);
  }

  public List<ClientLibrary> all() {
    return new ArrayList<>(libraries);
  }

  /** The methods to weave, each at the index that is its number. */
  public List<LibraryMethod> methods() {
    return new ArrayList<>(methods);
  }

  /** The library of a method by the method's number; null for -1. */
  public @Nullable ClientLibrary ofRow(int row) {
    return row < 0 || row >= libraryOfRow.size() ? null : libraryOfRow.get(row);
  }

  /** True for a method that hands out to whoever calls it, which may be a pool. */
  public boolean isOwned(int row) {
    return row >= 0 && row < methods.size() && methods.get(row).event() == Event.OWNED;
  }

  /**
   * The libraries that have a frame on the stack: first the one nearest to the socket, last the one
   * that the application called.
   */
  public List<ClientLibrary> on(List<StackTraceElement> frames) {
    List<ClientLibrary> found = new ArrayList<>();
    for (StackTraceElement frame : frames) {
      for (ClientLibrary library : libraries) {
        if (library.has(frame)) {
          found.remove(library);
          found.add(library);
        }
      }
    }
    return found;
  }
}
