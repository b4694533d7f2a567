package dev.closewait.report.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A report file that cannot or must not be replaced, and is overwritten instead. */
@EnabledOnOs(OS.LINUX)
class ReplaceableFileInPlaceTest extends ReplaceableFileFixture {

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
  void isWrittenThroughTheOpenDescriptorWhenItsDirectoryIsGone() throws IOException {
    path = Files.createDirectory(directory.resolve("gone")).resolve("report.json");
    ReplaceableFile file = open();
    Files.delete(path);
    Files.delete(path.getParent());

    write(file, "nobody reads this, and nothing breaks");

    assertThat(path).doesNotExist();
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
}
