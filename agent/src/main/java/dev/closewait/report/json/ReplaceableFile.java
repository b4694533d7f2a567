package dev.closewait.report.json;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.jspecify.annotations.Nullable;

/**
 * A file whose whole content is replaced at once where the system can do that, and in place where
 * it cannot.
 *
 * <p>It keeps one descriptor of the file open all the time: with none free, a temporary file cannot
 * be opened, and the content is written through the kept one. Only {@code java.io}: it is opened
 * before {@code main}, where {@code java.nio.file} would be loaded too early. Used by one thread at
 * a time.
 */
final class ReplaceableFile {

  /** Opens files for reading and writing. */
  interface Opener {

    RandomAccessFile open(File file) throws IOException;

    /** Creates the file, unless one of that name (or a link) is there. */
    boolean create(File file) throws IOException;
  }

  /** The opener of the real file system. */
  private static final class SystemOpener implements Opener {

    @Override
    public RandomAccessFile open(File file) throws IOException {
      return new RandomAccessFile(file, "rw");
    }

    @Override
    public boolean create(File file) throws IOException {
      return file.createNewFile();
    }
  }

  private final File file;
  private final Opener opener;
  private final boolean regular;
  private RandomAccessFile kept;

  private ReplaceableFile(File file, Opener opener) throws IOException {
    this.file = file;
    this.opener = opener;
    this.kept = opener.open(file);
    this.regular = file.isFile();
  }

  /** Opens the file, and creates it when it is not there. */
  static ReplaceableFile open(File file) throws IOException {
    return open(file, new SystemOpener());
  }

  static ReplaceableFile open(File file, Opener opener) throws IOException {
    if (isStreamOfTheApplication(file)) {
      throw new FileNotFoundException("it may be an output stream of the application");
    }
    return new ReplaceableFile(file, opener);
  }

  /**
   * {@code /dev/stdout} and the like reopen a redirected stream from its start and would overwrite
   * it.
   */
  private static boolean isStreamOfTheApplication(File file) {
    String path = file.getAbsolutePath();
    return path.equals("/dev/stdout")
        || path.equals("/dev/stderr")
        || path.startsWith("/dev/fd/")
        || path.startsWith("/proc/");
  }

  /**
   * Makes these bytes the content of the file.
   *
   * @param pid of this process: two JVMs that were given one file need temporary files of their own
   * @throws IOException when that failed; unless the file had to be written in place, it is as it
   *     was before
   */
  void replace(byte[] content, long pid) throws IOException {
    if (!regular) {
      kept.write(content);
      return;
    }
    File target = target();
    File temporary = target == null ? null : temporaryFor(target, pid);
    RandomAccessFile opened = temporary == null ? null : openNew(temporary);
    if (target == null || temporary == null || opened == null) {
      writeInPlace(content);
      return;
    }
    if (!writeAndRename(opened, content, temporary, target)) {
      writeInPlace(content);
    }
  }

  /** The file itself when the path is a symbolic link: renaming over the link would cut it. */
  private @Nullable File target() {
    try {
      File target = file.getCanonicalFile();
      return target.exists() && !target.isFile() ? null : target;
    } catch (IOException e) {
      // Its directory is gone or unreadable; the kept descriptor does not need it.
      return null;
    }
  }

  private static File temporaryFor(File target, long pid) {
    return new File(target.getParentFile(), target.getName() + "." + pid + ".tmp");
  }

  /** Null when it cannot be opened: no free descriptor, or a directory that cannot be written. */
  private @Nullable RandomAccessFile openNew(File temporary) {
    try {
      if (!opener.create(temporary)) {
        // Left by a JVM that was killed; or a link that somebody put there, which must not be
        // followed.
        delete(temporary);
        if (!opener.create(temporary)) {
          return null;
        }
      }
    } catch (IOException e) {
      return null;
    }
    try {
      return opener.open(temporary);
    } catch (IOException e) {
      delete(temporary);
      return null;
    }
  }

  /** False when the new file was written but could not take the place of the old one. */
  private boolean writeAndRename(
      RandomAccessFile opened, byte[] content, File temporary, File target) throws IOException {
    boolean renamed = false;
    try {
      opened.write(content);
      if (opened.length() != content.length) {
        throw new IOException("wrote " + opened.length() + " of " + content.length + " bytes");
      }
      // rename(2) on Unix: atomic. On Windows it fails while the target is open, which it is here.
      renamed = temporary.renameTo(target);
      return renamed;
    } finally {
      RandomAccessFile superfluous = opened;
      if (renamed) {
        superfluous = kept;
        kept = opened;
      }
      close(superfluous);
      if (!renamed) {
        delete(temporary);
      }
    }
  }

  /**
   * Writes what goes beyond the present end first: only that part needs space on the disk, so a
   * full disk is found out while the old content is still whole.
   */
  private void writeInPlace(byte[] content) throws IOException {
    long oldLength = kept.length();
    int common = (int) Math.min(oldLength, content.length);
    try {
      kept.seek(common);
      kept.write(content, common, content.length - common);
    } catch (IOException e) {
      cutTo(oldLength, e);
      throw e;
    }
    kept.seek(0);
    kept.write(content, 0, common);
    kept.setLength(content.length);
  }

  private void cutTo(long length, IOException cause) {
    try {
      kept.setLength(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void close(RandomAccessFile superfluous) {
    try {
      superfluous.close();
    } catch (IOException e) {
      // Nothing more will be written to it, and the content is safe in the other one.
    }
  }

  /** A temporary file that cannot be deleted is overwritten by the next report. */
  private static void delete(File temporary) {
    temporary.delete();
  }
}
