package dev.closewait.report.text;

import static dev.closewait.report.GroupVariants.with;
import static dev.closewait.report.GroupVariants.withCount;
import static dev.closewait.report.GroupVariants.withCulprit;
import static dev.closewait.report.GroupVariants.withExamples;
import static dev.closewait.report.GroupVariants.withFingerprint;
import static dev.closewait.report.SampleDiagnosis.HEALTHY;
import static dev.closewait.report.SampleDiagnosis.diagnosis;
import static dev.closewait.report.SampleDiagnosis.later;
import static dev.closewait.report.SampleEvents.frame;
import static dev.closewait.report.SampleGroups.eofRead;
import static dev.closewait.report.SampleGroups.neverAccepted;
import static dev.closewait.report.SampleGroups.pooled;
import static dev.closewait.report.SampleGroups.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.report.GoldenFile;
import dev.closewait.report.SampleConnections;
import dev.closewait.report.SampleDiagnosis;
import dev.closewait.report.SampleEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextRendererTest {

  private final TextRenderer renderer =
      new TextRenderer(new TextStyle(SampleEvents::isAcme, false, true));

  @Test
  void writesTheSampleAsInTheGoldenFile() throws IOException {
    GoldenFile.assertMatches("sample.txt", renderer.render(SampleDiagnosis.full()));
  }

  @Test
  void writesOneHealthyReportAsInTheGoldenFile() throws IOException {
    GoldenFile.assertMatches(
        "eof-and-pool.txt", renderer.render(later(0, false, eofRead(), pooled())));
  }

  @Test
  void staysWithinTheWidthAndInAscii() {
    assertThat(renderer.render(SampleDiagnosis.full()).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(TextLines.WIDTH))
        .allSatisfy(line -> assertThat(line).matches("[ -~]*").doesNotEndWith(" "));
  }

  @Test
  void answersInTheFirstLine() {
    assertThat(renderer.render(later(0, false, eofRead(), pooled())))
        .startsWith(
            "closewait: 1 leak, 1 suspect: 11 connections in CLOSE_WAIT, oldest 4 min 12 s"
                + "   (pid 4711 com.acme.Shop)\n");
  }

  @Test
  void doesNotClaimCloseWaitForConnectionsThatHaveEnded() {
    assertThat(renderer.render(later(0, false, eofRead(), unreachable())))
        .startsWith("closewait: 2 leaks: 9 connections not closed, oldest 1 h 5 min");
  }

  @Test
  void saysThatNoKernelSettingCuresALeak() {
    assertThat(renderer.render(later(0, false, eofRead())))
        .endsWith("\n\nNo kernel setting cures a missing close.\n");
    assertThat(renderer.render(later(0, false, pooled()))).doesNotContain("No kernel setting");
  }

  @Test
  void headsTheReportWithTheFirstProblemOfTheAgent() {
    List<String> lines = renderer.render(diagnosisWith(SampleDiagnosis.SICK)).lines().toList();

    assertThat(lines.get(1))
        .isEqualTo("closewait: problem: the hook SocketDispatcher.read is missing (1 more below)");
    assertThat(lines).containsOnlyOnce("  problem   another agent undid UnixDispatcher");
  }

  @Test
  void saysNothingOfAHealthyAgent() {
    assertThat(renderer.render(later(0, false, eofRead()))).doesNotContain("agent health");
  }

  @Test
  void boundsTheHealthLinesOfAVerySickAgent() {
    List<String> many = Collections.nCopies(1_000, "gone");
    AgentHealth health = new AgentHealth(List.of(), many, many, Map.of(), 1, 1, 1);

    assertThat(renderer.render(diagnosisWith(health)).lines().filter("            gone"::equals))
        .hasSize(8);
    assertThat(renderer.render(diagnosisWith(health))).contains("... 995 more");
  }

  @Test
  void showsEachStackOnce() {
    String report = renderer.render(later(0, false, eofRead()));

    assertThat(report).containsOnlyOnce("com.acme.Frames.next(Frames.java:88)");
    assertThat(report).doesNotContain("last used");
  }

  @Test
  void showsTheBindWhenTheConnectionItselfHasNoStack() {
    LeakGroup unsampled = withExamples(eofRead(), SampleConnections::withoutStacks);

    assertThat(renderer.render(later(0, false, unsampled)))
        .contains("accepted  acceptor-1, 5 min ago; no stack was taken\n")
        .contains("bound     com.acme.Server.<init>(Server.java:19) ")
        .contains("EOF read  worker-3, 4 min 12 s ago; no stack was taken\n");
  }

  @Test
  void tellsHowManyConnectionsHaveStacks() {
    assertThat(renderer.render(later(0, false, withCount(eofRead(), 4_012))))
        .contains("  sampled   8 of 4,012 connections have stacks of their own\n");
    assertThat(renderer.render(later(0, false, eofRead()))).doesNotContain("sampled");
  }

  @Test
  void speaksOfOneConnectionInSingular() {
    assertThat(renderer.render(later(0, false, withCount(neverAccepted(), 1))))
        .startsWith("closewait: 1 leak: 1 connection in CLOSE_WAIT for 2 min   (")
        .contains("NEVER_ACCEPTED   1 connection waits in the accept queue of port 9090 for 2 min");
  }

  @Test
  void sendsTheReaderToTheJsonReportOnlyWhenThereIsOne() {
    TextRenderer alone = new TextRenderer(new TextStyle(SampleEvents::isAcme, false, false));

    assertThat(renderer.render(later(0, false, eofRead()))).contains("1 more in the JSON report");
    assertThat(alone.render(later(0, false, eofRead()))).doesNotContain("JSON");
  }

  @Test
  void isTheSameTextInColour() {
    TextRenderer coloured = new TextRenderer(new TextStyle(SampleEvents::isAcme, true, true));
    Diagnosis sample = SampleDiagnosis.full();

    assertThat(coloured.render(sample).replaceAll("\u001b\\[[0-9;]*m", ""))
        .isEqualTo(renderer.render(sample));
    assertThat(coloured.render(sample)).contains("\u001b[1;31mLEAK\u001b[0m  9f31c2");
  }

  @Test
  void warnsWhenDescriptorsRunOut() {
    assertThat(renderer.render(SampleDiagnosis.full()))
        .contains("\n  1,003 of 1,024 file descriptors are in use\n");
    assertThat(renderer.render(later(0, false, eofRead()))).doesNotContain("descriptors");
  }

  @Test
  void putsALongMainClassOnALineOfItsOwn() {
    Diagnosis base = later(0, false, with(eofRead(), Verdict.LEAK, Cause.UNKNOWN, 1_000_000));
    String jar = "/opt/" + "very-".repeat(40) + "shop.jar";

    List<String> lines = renderer.render(ofProcess(base, jar)).lines().toList();

    assertThat(lines.get(0)).endsWith("oldest 4 min 12 s");
    assertThat(lines.get(1)).startsWith("  (pid 4711 ").endsWith("-shop.jar)");
  }

  @Test
  void saysWhenAConnectionWasNeverUsed() {
    LeakGroup unused = with(unreachable(), Verdict.LEAK, Cause.UNREACHABLE, 1);

    assertThat(renderer.render(later(0, false, unused)))
        .contains("  last used never: no byte was read or written\n");
  }

  @Test
  void keepsALongFrameWhole() {
    String className = "com.acme." + "deep.".repeat(20) + "OrderHandler";
    LeakGroup leak = withCulprit(eofRead(), frame(className, "handle", 57));

    assertThat(renderer.render(later(0, false, leak)))
        .contains("  culprit   " + className + ".handle(OrderHandler.java:57)\n");
  }

  @Test
  void saysThatTheEndOfStreamWasReadAlthoughTheStackIsThatOfTheLastUse() {
    String report = renderer.render(later(0, false, eofRead()));

    assertThat(report).containsOnlyOnce("EOF read");
    assertThat(report.lines().filter(line -> line.startsWith("  last used"))).isEmpty();
  }

  @Test
  void doesNotRepeatTheCulpritAsThePlaceOfOpening() {
    assertThat(renderer.render(later(0, false, pooled())))
        .containsOnlyOnce("com.acme.PriceClient.fetch(PriceClient.java:22)")
        .contains("  connected (the same place)  ");
  }

  @Test
  void boundsAReportOfVeryManyGroups() {
    List<LeakGroup> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(withFingerprint(eofRead(), String.format("%012x", i * 0x1000000L)));
    }
    String report = renderer.render(diagnosis(HEALTHY, many));

    assertThat(report.lines().filter(line -> line.startsWith("  fix "))).hasSize(20);
    assertThat(report.lines().filter(line -> line.startsWith("LEAK  "))).hasSize(50);
    assertThat(report).startsWith("closewait: resolved").contains("\n... 950 more groups\n");
  }

  private static Diagnosis diagnosisWith(AgentHealth health) {
    return diagnosis(health, List.of(eofRead()));
  }

  private static Diagnosis ofProcess(Diagnosis base, String mainClass) {
    return new Diagnosis(
        base.generatedAt(),
        base.nowNanos(),
        base.last(),
        new ProcessIdentity(4711, mainClass, "17", "Linux", base.process().startedAt()),
        base.agent(),
        HEALTHY,
        base.census(),
        base.leaks(),
        base.resolved(),
        base.opened(),
        base.closed());
  }
}
