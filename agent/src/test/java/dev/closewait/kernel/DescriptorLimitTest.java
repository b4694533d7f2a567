package dev.closewait.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorLimitTest {

  private static final String ROW =
      "Max open files            1024                 524288               files     \n";

  @Test
  void isTheSoftOne() {
    DescriptorLimit limit = DescriptorLimit.parse("Limit   Soft Limit\n" + ROW + "Max x\n");

    assertThat(limit.soft()).hasValue(1024);
    assertThat(limit.missing()).isNull();
  }

  @Test
  void isReadFromACapturedFile() {
    String captured = new String(CapturedTables.read("limits"), US_ASCII);

    assertThat(DescriptorLimit.parse(captured).soft()).hasValue(20_000);
  }

  @Test
  void isMissingWhenThereIsNone() {
    DescriptorLimit limit = DescriptorLimit.parse(ROW.replace("1024     ", "unlimited"));

    assertThat(limit.soft()).isEmpty();
    assertThat(limit.missing()).contains("unlimited");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Max open files",
        "Max open files            ",
        "Max open files            many        files",
        "Max open file             1024        files",
        "Not Max open files        1024        files"
      })
  void isMissingWhereTheFileDoesNotSay(String limits) {
    DescriptorLimit limit = DescriptorLimit.parse(limits);

    assertThat(limit.soft()).isEmpty();
    assertThat(limit.missing()).startsWith("the descriptor limit is not known: ");
  }

  @Test
  void isMissingWhereThereIsNoFile(@TempDir Path directory) {
    File absent = directory.resolve("limits").toFile();

    assertThat(DescriptorLimit.read(absent).soft()).isEmpty();
    assertThat(DescriptorLimit.read(absent).missing()).contains(absent.getPath());
  }
}
