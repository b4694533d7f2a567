package dev.closewait.report.json;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real file system, until told otherwise. */
final class BreakableOpener implements ReplaceableFile.Opener {

  final List<RandomAccessFile> opened = new ArrayList<>();
  @Nullable IOException failure;
  @Nullable IOException openFailure;
  @Nullable File temporary;
  boolean watched;
  long limitBytes = Long.MAX_VALUE;
  int created;

  @Override
  public RandomAccessFile open(File file) throws IOException {
    fail(failure);
    fail(openFailure);
    boolean redirect = temporary != null && file.getName().endsWith(".tmp");
    File real = redirect ? temporary : file;
    RandomAccessFile open = watched ? new SmallDisk(real) : new RandomAccessFile(real, "rw");
    opened.add(open);
    return open;
  }

  @Override
  public boolean create(File file) throws IOException {
    fail(failure);
    created++;
    return file.createNewFile();
  }

  private static void fail(@Nullable IOException failure) throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** A file that can grow to the limit and then takes what fits. */
  private final class SmallDisk extends RandomAccessFile {

    SmallDisk(File file) throws IOException {
      super(file, "rw");
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int fits = (int) Math.max(0, Math.min(length, limitBytes - getFilePointer()));
      super.write(bytes, from, fits);
      if (fits < length) {
        throw new IOException("No space left on device");
      }
    }
  }
}
