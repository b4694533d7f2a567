package dev.closewait.report.text;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ResolvedGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fingerprints cut to what tells them apart within one report.
 *
 * @param length digits that are enough for every group of the report
 */
record ShortFingerprints(int length) {

  private static final int SHORTEST = 6;

  static ShortFingerprints of(Diagnosis diagnosis) {
    List<String> fingerprints = new ArrayList<>();
    for (LeakGroup leak : diagnosis.leaks()) {
      fingerprints.add(leak.fingerprint());
    }
    for (ResolvedGroup resolved : diagnosis.resolved()) {
      fingerprints.add(resolved.fingerprint());
    }
    // Sorted, each has most in common with its neighbour.
    Collections.sort(fingerprints);
    int length = SHORTEST;
    for (int i = 1; i < fingerprints.size(); i++) {
      length = Math.max(length, distinctLength(fingerprints.get(i - 1), fingerprints.get(i)));
    }
    return new ShortFingerprints(length);
  }

  String of(String fingerprint) {
    return fingerprint.substring(0, Math.min(length, fingerprint.length()));
  }

  /** One more than they have in common; 0 for two that are the same. */
  private static int distinctLength(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    int common = 0;
    while (common < Math.min(a.length(), b.length()) && a.charAt(common) == b.charAt(common)) {
      common++;
    }
    return common + 1;
  }
}
