package dev.closewait.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ReplaceableFileTest {

  private static final long PID = 4711;
  private static final File FULL_DISK = new File("/dev/full");

  @TempDir private Path directory;
  private Path path;
  private final BreakableOpener opener = new BreakableOpener();

  @BeforeEach
  void choosePath() {
    path = directory.resolve("report.json");
  }

  @Test
  void isCreatedWhenOpened() throws IOException {
    open();

    assertThat(path).isEmptyFile();
  }

  @Test
  void isReplacedByAnotherFile() throws IOException {
    ReplaceableFile file = open();
    write(file, "first, which is long");
    Object firstInode = inode();
    write(file, "second");

    assertThat(path).hasContent("second");
    assertThat(inode()).isNotEqualTo(firstInode);
    assertThat(names()).containsExactly("report.json");
  }

  @Test
  void showsAReaderTheOldContentToItsEnd() throws IOException {
    ReplaceableFile file = open();
    write(file, "the old content");
    try (RandomAccessFile reader = new RandomAccessFile(path.toFile(), "r")) {
      write(file, "new");

      assertThat(reader.readLine()).isEqualTo("the old content");
    }
  }

  @Test
  void isWrittenInPlaceWithoutAFreeDescriptor() throws IOException {
    ReplaceableFile file = open();
    write(file, "first, which is long");
    Object firstInode = inode();
    opener.failure = new IOException("Too many open files");

    write(file, "second");
    assertThat(path).hasContent("second");
    write(file, "third, which is longer again");
    assertThat(path).hasContent("third, which is longer again");
    assertThat(inode()).isEqualTo(firstInode);
  }

  @Test
  void leavesNoTemporaryFileWhenOnlyItsOpeningFails() throws IOException {
    ReplaceableFile file = open();
    opener.openFailure = new IOException("Too many open files");

    write(file, "content");

    assertThat(path).hasContent("content");
    assertThat(names()).containsExactly("report.json");
  }

  @Test
  void isReplacedAgainOnceThereAreDescriptors() throws IOException {
    ReplaceableFile file = open();
    opener.failure = new IOException("Too many open files");
    write(file, "first");
    Object firstInode = inode();
    opener.failure = null;
    write(file, "second");

    assertThat(path).hasContent("second");
    assertThat(inode()).isNotEqualTo(firstInode);
  }

  @Test
  void keepsTheOldContentWhenTheDiskIsFull() throws IOException {
    assumeTrue(FULL_DISK.exists());
    ReplaceableFile file = open();
    write(file, "old");
    opener.temporary = FULL_DISK;

    assertThatThrownBy(() -> write(file, "new")).hasMessageContaining("No space left");
    assertThat(path).hasContent("old");
    assertThat(names()).containsExactly("report.json");

    opener.temporary = null;
    write(file, "newer");
    assertThat(path).hasContent("newer");
  }

  @Test
  void writesBeyondTheOldEndFirstSoThatAFullDiskIsFoundOutInTime() throws IOException {
    opener.watched = true;
    ReplaceableFile file = open();
    opener.failure = new IOException("Too many open files");
    write(file, "old");
    opener.limitBytes = 4;

    assertThatThrownBy(() -> write(file, "newer")).hasMessageContaining("No space left");
    assertThat(path).hasContent("old");
    write(file, "new");
    assertThat(path).hasContent("new");
  }

  @Test
  void followsASymbolicLinkAndKeepsIt() throws IOException {
    Path target = Files.createDirectory(directory.resolve("target")).resolve("real.json");
    Files.writeString(target, "old");
    Files.createSymbolicLink(path, target);
    ReplaceableFile file = open();
    write(file, "new");

    assertThat(path).isSymbolicLink();
    assertThat(target).hasContent("new");
    assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void doesNotFollowALinkInPlaceOfTheTemporaryFile() throws IOException {
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    ReplaceableFile file = open();
    Files.createSymbolicLink(directory.resolve("report.json." + PID + ".tmp"), victim);
    write(file, "new");

    assertThat(victim).hasContent("precious");
    assertThat(path).hasContent("new");
    assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void overwritesTheTemporaryFileOfAJvmThatWasKilled() throws IOException {
    ReplaceableFile file = open();
    Files.writeString(directory.resolve("report.json." + PID + ".tmp"), "a longer half report");
    write(file, "new");

    assertThat(path).hasContent("new");
    assertThat(names()).containsExactly("report.json");
  }

  @Test
  void isWrittenThroughTheOpenDescriptorWhenItsDirectoryIsGone() throws IOException {
    path = Files.createDirectory(directory.resolve("gone")).resolve("report.json");
    ReplaceableFile file = open();
    Files.delete(path);
    Files.delete(path.getParent());

    write(file, "nobody reads this, and nothing breaks");

    assertThat(path).doesNotExist();
  }

  @Test
  void comesBackAfterItWasDeleted() throws IOException {
    ReplaceableFile file = open();
    Files.delete(path);
    write(file, "new");

    assertThat(path).hasContent("new");
  }

  @Test
  void isWrittenInPlaceWhenADirectoryTookItsName() throws IOException {
    ReplaceableFile file = open();
    Files.delete(path);
    Files.createDirectory(path);

    write(file, "new");

    assertThat(path).isEmptyDirectory();
    assertThat(names()).containsExactly("report.json");
  }

  @Test
  void doesNotReplaceANamedPipeThatTookItsName() throws IOException, InterruptedException {
    ReplaceableFile file = open();
    Files.delete(path);
    assumeTrue(new ProcessBuilder("mkfifo", path.toString()).start().waitFor() == 0);

    write(file, "new");

    assertThat(Files.readAttributes(path, BasicFileAttributes.class).isOther()).isTrue();
  }

  @Test
  void neverReplacesADevice() throws IOException {
    path = Path.of("/dev/null");
    ReplaceableFile file = open();
    write(file, "new");
    write(file, "newer");

    assertThat(Files.isRegularFile(path)).isFalse();
    assertThat(opener.created).isZero();
  }

  @Test
  void reportsAFullDevice() throws IOException {
    assumeTrue(FULL_DISK.exists());
    path = FULL_DISK.toPath();
    ReplaceableFile file = open();

    assertThatThrownBy(() -> write(file, "new")).hasMessageContaining("No space left");
  }

  @Test
  void isNeverAnOutputStreamOfTheApplication() {
    for (String stream : List.of("/dev/stdout", "/dev/stderr", "/dev/fd/1", "/proc/self/fd/1")) {
      path = Path.of(stream);
      assertThatThrownBy(this::open).hasMessageContaining("output stream of the application");
    }
  }

  @Test
  void needsOneDescriptorHoweverOftenItIsReplaced() throws IOException {
    ReplaceableFile file = open();
    for (int i = 0; i < 50; i++) {
      write(file, "content " + i);
    }

    assertThat(opener.opened).hasSize(51);
    assertThat(opener.opened.stream().filter(ReplaceableFileTest::isOpen)).hasSize(1);
  }

  private ReplaceableFile open() throws IOException {
    return ReplaceableFile.open(path.toFile(), opener);
  }

  private static void write(ReplaceableFile file, String content) throws IOException {
    file.replace(content.getBytes(StandardCharsets.US_ASCII), PID);
  }

  private Object inode() throws IOException {
    return Files.getAttribute(path, "unix:ino");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static boolean isOpen(RandomAccessFile file) {
    return file.getChannel().isOpen();
  }

  /** The real file system, until told otherwise. */
  private static final class BreakableOpener implements ReplaceableFile.Opener {

    private final List<RandomAccessFile> opened = new ArrayList<>();
    private @Nullable IOException failure;
    private @Nullable IOException openFailure;
    private @Nullable File temporary;
    private boolean watched;
    private long limitBytes = Long.MAX_VALUE;
    private int created;

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
}
