package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no symbolic links without a privilege")
class ProcessDescriptorsTest {

  private static final Map<Integer, String> LINKS =
      Map.of(
          0,
          "anon_inode:[eventpoll]",
          3,
          "socket:[12933]",
          4,
          "pipe:[77]",
          7,
          "socket:[4294967297]");

  @TempDir private Path directory;

  @Test
  void countsAllButTheOneThatTheListingTakes() throws IOException {
    File self = CapturedTables.process(directory, LINKS);
    ProcessDescriptors descriptors = ProcessDescriptors.ofSelf(self);

    OpenDescriptors.Found open = found(descriptors.open());

    assertThat(open.numbers()).containsExactlyInAnyOrder(0, 3, 4, 7);
    assertThat(descriptors.usage(open).open()).hasValue(3);
    assertThat(descriptors.usage(open).limit()).hasValue(20_000);
    assertThat(descriptors.usage(open).missing()).isEmpty();
  }

  @Test
  void countsAllOfAnotherProcess() throws IOException {
    File other = CapturedTables.process(directory, LINKS);

    assertThat(found(ProcessDescriptors.ofOther(other).open()).count()).isEqualTo(4);
  }

  @Test
  void tellsSocketsFromOtherFilesAndFromClosedNumbers() throws IOException {
    File self = CapturedTables.process(directory, LINKS);

    SocketLinks links = ProcessDescriptors.ofSelf(self).links(List.of(0, 3, 4, 7, 9));

    assertThat(links.inodes())
        .containsExactlyInAnyOrderEntriesOf(Map.of(3, 12933L, 7, 4294967297L));
    assertThat(links.missing()).isNull();
  }

  @Test
  void saysHowManyDescriptorsItCouldNotLookAt() throws IOException {
    File self = CapturedTables.process(directory, Map.of(3, "socket:[1]", 4, "socket:[one]"));
    Files.createFile(directory.resolve("fd").resolve("5"));

    SocketLinks links = ProcessDescriptors.ofSelf(self).links(List.of(3, 4, 5));

    assertThat(links.inodes()).containsOnlyKeys(3);
    assertThat(links.missing()).startsWith("2 descriptors not looked at: ");
  }

  @Test
  void probesNumberByNumberWhenNoDescriptorIsFreeForAListing() throws IOException {
    CapturedTables.process(directory, LINKS);
    ProcessDescriptors descriptors = unlistable(limit(8));

    OpenDescriptors.Found open = found(descriptors.open());

    assertThat(open.numbers()).containsExactly(0, 3, 4, 7);
    assertThat(open.count()).isEqualTo(4);
    assertThat(open.missing()).isNull();
  }

  @Test
  void saysWhereProbingEnded() throws IOException {
    CapturedTables.process(directory, LINKS);
    ProcessDescriptors descriptors = unlistable(limit(1_000_000));

    OpenDescriptors open = descriptors.open();

    assertThat(found(open).missing()).endsWith("descriptors from 65536 on not seen");
    assertThat(descriptors.usage(open).missing()).containsExactly(found(open).missing());
  }

  @Test
  void isUnavailableWhenNeitherListingNorProbingWorks() throws IOException {
    CapturedTables.process(directory, Map.of());
    ProcessDescriptors descriptors = unlistable(limit(8));

    DescriptorUsage usage = descriptors.usage(descriptors.open());

    assertThat(usage.open()).isEmpty();
    assertThat(usage.missing()).containsExactly(directory.resolve("fd") + " can not be listed");
  }

  @Test
  void isUnavailableWhereThereIsNoProc() {
    ProcessDescriptors descriptors = ProcessDescriptors.ofSelf(directory.toFile());

    DescriptorUsage usage = descriptors.usage(descriptors.open());

    assertThat(usage.open()).isEmpty();
    assertThat(usage.limit()).isEmpty();
    assertThat(usage.missing()).hasSize(2);
  }

  private ProcessDescriptors unlistable(DescriptorLimit limit) {
    return new ProcessDescriptors(new Unlistable(directory.resolve("fd").toString()), limit, 1);
  }

  private static DescriptorLimit limit(long soft) {
    return new DescriptorLimit(OptionalLong.of(soft), null);
  }

  private static OpenDescriptors.Found found(OpenDescriptors open) {
    assertThat(open).isInstanceOf(OpenDescriptors.Found.class);
    return (OpenDescriptors.Found) open;
  }

  /** What {@code java.io} shows of a directory when the process has no free descriptor. */
  private static final class Unlistable extends File {
    private Unlistable(String path) {
      super(path);
    }

    @Override
    public String @Nullable [] list() {
      return null;
    }
  }
}
