package dev.closewait.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A report file that is replaced by a new one. */
@EnabledOnOs(OS.LINUX)
class ReplaceableFileTest extends ReplaceableFileFixture {

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
  void comesBackAfterItWasDeleted() throws IOException {
    ReplaceableFile file = open();
    Files.delete(path);
    write(file, "new");

    assertThat(path).hasContent("new");
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

  private static boolean isOpen(RandomAccessFile file) {
    return file.getChannel().isOpen();
  }
}
