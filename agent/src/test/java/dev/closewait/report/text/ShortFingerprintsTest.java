package dev.closewait.report.text;

import static dev.closewait.report.GroupVariants.withFingerprint;
import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleGroups.eofRead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.ResolvedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortFingerprintsTest {

  @Test
  void areSixDigitsLong() {
    assertThat(ShortFingerprints.of(later(0, false, eofRead())).of("9f31c2aabbcc"))
        .isEqualTo("9f31c2");
  }

  @Test
  void areLongerWhereTwoWouldLookTheSame() {
    ShortFingerprints fingerprints =
        ShortFingerprints.of(
            later(
                0,
                false,
                List.of(eofRead(), withFingerprint(eofRead(), "000000000000")),
                List.of(new ResolvedGroup("9f31c2ab0000", Cause.UNKNOWN, 1, 1))));

    assertThat(fingerprints.of("9f31c2aabbcc")).isEqualTo("9f31c2aa");
    assertThat(fingerprints.of("9f31c2ab0000")).isEqualTo("9f31c2ab");
  }

  @Test
  void areNotLongerThanTheFingerprint() {
    ShortFingerprints fingerprints =
        ShortFingerprints.of(
            later(
                0,
                false,
                withFingerprint(eofRead(), "9f31c2"),
                withFingerprint(eofRead(), "9f31c2aa")));

    assertThat(fingerprints.of("9f31c2")).isEqualTo("9f31c2");
    assertThat(fingerprints.of("9f31c2aa")).isEqualTo("9f31c2a");
  }
}
