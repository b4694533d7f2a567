package dev.closewait.connection;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gives frames back the names of their source files: of a call that was running when its class was
 * retransformed, HotSpot tells the line and not the file ({@code Backtrace::get_source_file_name},
 * OpenJDK 17 and 25).
 *
 * <p>Confined to the scanner thread.
 */
public final class SourceFiles {
  private static final int MAX_CLASSES = 4096;

  private final Map<String, String> fileByClass = new LinkedHashMap<>();

  /** Remembers the files of these frames, and fills in those that are missing. */
  public void complete(StackTraceElement[] frames) {
    for (int i = 0; i < frames.length; i++) {
      String file = frames[i].getFileName();
      if (file == null) {
        frames[i] = completed(frames[i]);
      } else if (fileByClass.size() < MAX_CLASSES) {
        fileByClass.putIfAbsent(frames[i].getClassName(), file);
      }
    }
  }

  private StackTraceElement completed(StackTraceElement frame) {
    String file = fileByClass.get(frame.getClassName());
    if (file == null || frame.isNativeMethod()) {
      return frame;
    }
    return new StackTraceElement(
        frame.getClassLoaderName(),
        frame.getModuleName(),
        frame.getModuleVersion(),
        frame.getClassName(),
        frame.getMethodName(),
        file,
        frame.getLineNumber());
  }
}
