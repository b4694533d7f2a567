package dev.closewait.instrument.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.instrument.arrival.ArrivalTarget;
import dev.closewait.instrument.client.Calls.Call;
import dev.closewait.library.ClientLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weaves what a version of a library has, and leaves alone what would break it. */
class LibraryTargetTest {
  private static final String SAMPLE = Sample.class.getName();

  /** Stands for a class of a library. */
  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"})
  static class Sample {
    static final Object SHARED = new Object();
    private final Object wire;
    private final int count;

    Sample(Object wire) {
      this.wire = wire;
      this.count = 1;
    }

    Object take(String name, long wait, Object key) {
      return wait > 0 ? wire : key;
    }

    int size(int more) {
      return count + more;
    }

    Object last(Object given) {
      Object kept = given;
      given = wire;
      return given == null ? kept : given;
    }

    static Object open(Object where) {
      return where;
    }
  }

  @Test
  void passesOperandsInTheirOrder() throws IOException {
    assertThat(woven("leased return " + SAMPLE + ".take* result"))
        .containsExactly(new Call("take", "leased", "(Ljava/lang/Object;I)V", "result 0"));
    assertThat(woven("joined enter " + SAMPLE + ".take* arg2 this"))
        .containsExactly(
            new Call("take", "joined", "(Ljava/lang/Object;Ljava/lang/Object;)V", "local4 local0"));
    assertThat(woven("joined return " + SAMPLE + ".<init>* this.wire this"))
        .extracting(Call::operands)
        .containsExactly("local0.wire local0");
    assertThat(woven("made return " + SAMPLE + ".open* result"))
        .extracting(Call::hook)
        .containsExactly("made");
  }

  /** The number of the row goes along. */
  @Test
  void passesItsNumber() throws IOException {
    String other = "made return com.acme.Other.<init>* this\n";
    assertThat(woven(other + "released enter " + SAMPLE + ".take* this"))
        .extracting(Call::operands)
        .containsExactly("local0 1");
  }

  @Test
  void calledBeforeReturnForEachWayOut() throws IOException {
    assertThat(woven("leased return " + SAMPLE + ".last* result")).hasSize(1);
    assertThat(woven("released enter " + SAMPLE + ".last* arg0")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "released enter SAMPLE.gone* this",
        "released enter SAMPLE.take(I)V this",
        "released enter SAMPLE.take* arg1",
        "released enter SAMPLE.take* arg3",
        "leased return SAMPLE.size* result",
        "leased enter SAMPLE.take* result",
        "released enter SAMPLE.take* this.gone",
        "released enter SAMPLE.take* this.count",
        "released enter SAMPLE.take* this.SHARED",
        "released enter SAMPLE.open* this",
        "released enter SAMPLE.<init>* this",
        "released enter SAMPLE.<init>* this.wire",
        "released return SAMPLE.last* arg0"
      })
  void leavesAlone(String row) throws IOException {
    assertThat(woven(row.replace("SAMPLE", SAMPLE))).isEmpty();
  }

  private static List<Call> woven(String rows) throws IOException {
    String file = "library Acme\nframes com.acme.\ntakes nothing\n" + rows;
    byte[] original = classFile();
    for (ArrivalTarget target : LibraryTargets.of(ClientLibraries.parse(file))) {
      if (target.isNamed(SAMPLE)) {
        byte[] woven = target.weave(SAMPLE, original, null);
        return woven == null ? List.of() : Calls.in(woven);
      }
    }
    return List.of();
  }

  private static byte[] classFile() throws IOException {
    String file = SAMPLE.substring(SAMPLE.lastIndexOf('.') + 1) + ".class";
    try (InputStream in = LibraryTargetTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
