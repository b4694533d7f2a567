package dev.closewait.report.json;

import static dev.closewait.report.SampleDiagnosis.diagnosis;
import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleEvents.frame;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.neverAccepted;
import static dev.closewait.report.SampleGroups.unknown;
import static dev.closewait.report.SampleGroups.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.report.GoldenFile;
import dev.closewait.report.SampleDiagnosis;
import dev.closewait.report.SampleEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {

  private final JsonReport report = new JsonReport();

  @Test
  void writesTheSampleAsInTheGoldenFile() throws IOException {
    GoldenFile.assertMatches(
        "sample.json", new String(report.render(SampleDiagnosis.full()), StandardCharsets.UTF_8));
  }

  @Test
  void leavesOutWhatIsNotKnown() throws IOException {
    JsonNode waiting = leak(neverAccepted()).at("/connections/0");
    JsonNode collected = leak(unreachable()).at("/connections/0");

    assertThat(waiting.propertyNames())
        .containsExactlyInAnyOrder(
            "direction",
            "transport",
            "local",
            "remote",
            "inode",
            "state",
            "receiveQueue",
            "closeWaitMillis");
    assertThat(collected.has("local")).isFalse();
    assertThat(collected.has("receiveQueue")).isFalse();
    assertThat(collected.has("eofAt")).isFalse();
    assertThat(leak(unknown()).has("culprit")).isFalse();
    assertThat(leak(unknown()).at("/connections/0").has("openedAt")).isFalse();
  }

  @Test
  void leavesOutDescriptorsThatCouldNotBeCounted() throws IOException {
    Diagnosis base = later(0, false);
    Diagnosis blind =
        new Diagnosis(
            base.generatedAt(),
            base.nowNanos(),
            false,
            base.process(),
            base.agent(),
            base.health(),
            new Census(Map.of("CLOSE", 2), List.of(), -1, -1, 0),
            List.of(),
            List.of(),
            0,
            0);

    assertThat(parse(blind).at("/descriptors").isEmpty()).isTrue();
    assertThat(parse(blind).at("/census").toString()).isEqualTo("{\"CLOSED\":2}");
  }

  @Test
  void saysThatAConnectionInAnAcceptQueueCameIn() throws IOException {
    assertThat(leak(neverAccepted()).at("/connections/0/direction").asString())
        .isEqualTo("ACCEPTED");
  }

  @Test
  void writesTimesOnTheWallClockWithMillis() throws IOException {
    assertThat(leak(eofRead()).at("/connections/0/eofAt").asString())
        .isEqualTo("2026-11-20T10:11:18.123Z");
  }

  @Test
  void isAsciiAndRepairsTextThatUtf8CannotHold() throws IOException {
    byte[] bytes = report.render(diagnosis(SampleDiagnosis.HEALTHY, List.of(unknown())));

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).matches("[\n -~]*");
    assertThat(
            new JsonMapper().readTree(bytes).at("/leaks/0/connections/0/lastUseThread").asString())
        .isEqualTo(SampleEvents.HOSTILE_NAME.replace('\ud800', '\ufffd'));
  }

  @Test
  void keepsWellFormedSurrogatePairs() throws IOException {
    String smile = "\ud83d\ude00";

    assertThat(leak(withFact(smile + "\ude00", List.of())).at("/evidence/0/fact").asString())
        .isEqualTo(smile + "\ufffd");
  }

  @Test
  void boundsAStackAndSaysSo() throws IOException {
    List<StackTraceElement> deep =
        Collections.nCopies(1_024, frame("com.acme.Recursion", "again", 1));

    JsonNode stack = leak(withFact("deep", deep)).at("/evidence/0/stack");

    assertThat(stack.size()).isEqualTo(JsonFields.MAX_FRAMES + 1);
    assertThat(stack.get(0).asString()).isEqualTo("com.acme.Recursion.again(Recursion.java:1)");
    assertThat(stack.get(JsonFields.MAX_FRAMES).asString()).isEqualTo("... 768 more");
  }

  @Test
  void boundsAText() throws IOException {
    String fact =
        leak(withFact("x".repeat(1_000_000), List.of())).at("/evidence/0/fact").asString();

    assertThat(fact).hasSize(JsonFields.MAX_TEXT).endsWith("x...");
  }

  @Test
  void writesNoNumberThatJsonDoesNotHave() throws IOException {
    LeakGroup odd =
        new LeakGroup(
            "9f31c2aabbcc",
            SocketKind.ACCEPTED,
            Verdict.LEAK,
            Cause.UNKNOWN,
            "",
            null,
            "culprit",
            "",
            1,
            1,
            0,
            Double.NaN,
            true,
            List.of(),
            List.of());

    assertThat(leak(odd).at("/growthPerMinute").isNumber()).isTrue();
  }

  @Test
  void endsEachLineWithALineFeed() throws IOException {
    assertThat(new String(report.render(later(0, false)), StandardCharsets.UTF_8))
        .doesNotContain("\r")
        .startsWith("{\n  \"schema\": \"closewait/1\",\n")
        .endsWith("\n}\n");
  }

  private JsonNode leak(LeakGroup leak) throws IOException {
    return parse(diagnosis(SampleDiagnosis.HEALTHY, List.of(leak))).at("/leaks/0");
  }

  private JsonNode parse(Diagnosis diagnosis) throws IOException {
    return new JsonMapper().readTree(report.render(diagnosis));
  }

  private static LeakGroup withFact(String fact, List<StackTraceElement> stack) {
    return new LeakGroup(
        "9f31c2aabbcc",
        SocketKind.ACCEPTED,
        Verdict.LEAK,
        Cause.UNKNOWN,
        "",
        null,
        "culprit",
        "",
        1,
        1,
        0,
        0,
        true,
        List.of(new Evidence(Evidence.Source.HOOK, fact, stack)),
        List.of());
  }
}
