package dev.closewait.report.json;

import static dev.closewait.report.SampleDiagnosis.later;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.closewait.connection.Direction;
import dev.closewait.connection.Transport;
import dev.closewait.diagnosis.Cause;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.SocketKind;
import dev.closewait.diagnosis.Verdict;
import dev.closewait.kernel.TcpState;
import dev.closewait.report.RehearsalDiagnosis;
import dev.closewait.report.SampleDiagnosis;
import dev.closewait.report.SampleGroups;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Holds every report to the schema, and the schema to being strict. */
class ReportSchemaTest {

  private static final JsonNode SCHEMA_SOURCE = readSchema();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SCHEMA_SOURCE);

  @Test
  void acceptsEveryReport() {
    assertThat(errors(parse(SampleDiagnosis.full()))).isEmpty();
    assertThat(errors(parse(later(0, false)))).isEmpty();
    assertThat(errors(parse(later(0, true, SampleGroups.pooled())))).isEmpty();
    assertThat(errors(parse(RehearsalDiagnosis.leaking()))).isEmpty();
    assertThat(errors(parse(RehearsalDiagnosis.resolvedAtExit()))).isEmpty();
  }

  @Test
  void isASchemaItself() {
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(SCHEMA_SOURCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/schema",
        "/generatedAt",
        "/process",
        "/process/pid",
        "/process/mainClass",
        "/process/javaVersion",
        "/process/os",
        "/process/uptimeMillis",
        "/process/startedAt",
        "/agent",
        "/agent/version",
        "/agent/mode",
        "/agent/attachedAt",
        "/agent/health",
        "/agent/health/problems",
        "/agent/health/missingEvidence",
        "/agent/health/boundsHit",
        "/agent/health/hookErrors",
        "/agent/health/scans",
        "/agent/health/lastScanMillis",
        "/agent/health/trackedConnections",
        "/census",
        "/descriptors",
        "/totals/opened",
        "/totals/closed",
        "/totals/belowThreshold",
        "/leaks",
        "/leaks/0/fingerprint",
        "/leaks/0/verdict",
        "/leaks/0/cause",
        "/leaks/0/reason",
        "/leaks/0/fix",
        "/leaks/0/count",
        "/leaks/0/oldestMillis",
        "/leaks/0/growthPerMinute",
        "/leaks/0/new",
        "/leaks/0/evidence",
        "/leaks/0/evidence/0/source",
        "/leaks/0/evidence/0/fact",
        "/leaks/0/connections",
        "/leaks/0/connections/0/direction",
        "/leaks/0/connections/0/transport",
        "/leaks/0/connections/0/closeWaitMillis",
        "/leaks/0/connections/0/listener/id",
        "/leaks/0/connections/0/listener/boundAt",
        "/leaks/0/connections/0/exits/0/at",
        "/leaks/0/connections/0/exits/0/thread",
        "/leaks/0/connections/0/exits/0/method",
        "/leaks/0/connections/0/exits/0/sinceLastUse",
        "/leaks/3/connections/0/lastError/at",
        "/leaks/3/connections/0/registration/registered",
        "/leaks/3/connections/0/registration/interestOps",
        "/resolved",
        "/resolved/0/fingerprint",
        "/resolved/0/count",
        "/resolved/0/afterMillis"
      })
  void rejectsAReportWithout(String pointer) {
    JsonNode sample = sample();
    JsonPointer field = JsonPointer.compile(pointer);
    JsonNode removed =
        ((ObjectNode) sample.at(field.head())).remove(field.last().getMatchingProperty());

    assertThat(removed).as("the sample has %s", pointer).isNotNull();
    assertThat(errors(sample)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void rejectsAnotherTypeIn(String pointer) {
    JsonNode sample = sample();
    JsonNode before = sample.at(pointer);

    replace(sample, pointer, before.isBoolean() ? StringNode.valueOf("true") : BooleanNode.TRUE);

    assertThat(errors(sample)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("fields")
  void rejectsNullIn(String pointer) {
    JsonNode sample = sample();

    replace(sample, pointer, NullNode.getInstance());

    assertThat(errors(sample)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrongTexts")
  void rejectsAnUnknownWordIn(String pointer, String word) {
    JsonNode sample = sample();

    replace(sample, pointer, StringNode.valueOf(word));

    assertThat(errors(sample)).isNotEmpty();
  }

  static Stream<Arguments> wrongTexts() {
    return Stream.of(
        Arguments.of("/schema", "closewait/2"),
        Arguments.of("/generatedAt", "20 November 2026"),
        Arguments.of("/agent/mode", "ATTACH"),
        Arguments.of("/leaks/0/fingerprint", "OrderHandler"),
        Arguments.of("/leaks/0/kind", "SERVER"),
        Arguments.of("/leaks/0/verdict", "HEALTHY"),
        Arguments.of("/leaks/0/cause", "eof_read_not_closed"),
        Arguments.of("/leaks/0/evidence/0/source", "GUESS"),
        Arguments.of("/leaks/0/connections/0/direction", "IN"),
        Arguments.of("/leaks/0/connections/0/transport", "UDP"),
        Arguments.of("/leaks/0/connections/0/local", "localhost"),
        Arguments.of("/leaks/0/connections/0/state", "CLOSE"),
        Arguments.of("/leaks/3/connections/0/registration/interestOps", "1"),
        Arguments.of("/resolved/0/cause", "FIXED"));
  }

  @Test
  void rejectsNegativeNumbersAndUnknownStates() {
    JsonNode negative = sample();
    ((ObjectNode) negative.at("/leaks/0")).put("count", -1);
    JsonNode state = sample();
    ((ObjectNode) state.at("/census")).put("CLOSE", 1);

    assertThat(errors(negative)).isNotEmpty();
    assertThat(errors(state)).isNotEmpty();
  }

  @Test
  void letsFieldsBeAdded() {
    JsonNode sample = sample();
    for (String pointer : fields().filter(field -> sample.at(field).isObject()).toList()) {
      if (!pointer.equals("/census") && !pointer.endsWith("/hookErrors")) {
        ((ObjectNode) sample.at(pointer)).put("addedLater", 1);
      }
    }

    assertThat(errors(sample)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("enums")
  void knowsEveryWordThatTheAgentWrites(String pointer, List<String> words) {
    List<String> known = new ArrayList<>();
    SCHEMA_SOURCE.at(pointer).forEach(word -> known.add(word.asString()));

    assertThat(known).containsAll(words);
  }

  static Stream<Arguments> enums() {
    String connection = "/$defs/connection/properties";
    return Stream.of(
        Arguments.of("/$defs/cause/enum", names(Cause.values())),
        Arguments.of("/$defs/leak/properties/verdict/enum", names(Verdict.values())),
        Arguments.of("/$defs/leak/properties/kind/enum", names(SocketKind.values())),
        Arguments.of("/$defs/evidence/properties/source/enum", names(Evidence.Source.values())),
        Arguments.of(connection + "/direction/enum", names(Direction.values())),
        Arguments.of(connection + "/transport/enum", names(Transport.values())),
        Arguments.of(
            "/$defs/state/enum",
            Arrays.stream(TcpState.values()).map(TcpState::reportName).toList()));
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).toList();
  }

  /** Each field and array element of the sample. */
  static Stream<String> fields() {
    List<String> pointers = new ArrayList<>();
    collect("", sample(), pointers);
    return pointers.stream();
  }

  private static void collect(String pointer, JsonNode node, List<String> pointers) {
    if (!pointer.isEmpty()) {
      pointers.add(pointer);
    }
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        collect(pointer + "/" + field.getKey(), field.getValue(), pointers);
      }
    }
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      collect(pointer + "/" + i, node.get(i), pointers);
    }
  }

  private static void replace(JsonNode root, String pointer, JsonNode value) {
    JsonPointer field = JsonPointer.compile(pointer);
    JsonNode parent = root.at(field.head());
    if (parent instanceof ArrayNode array) {
      array.set(field.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) parent).set(field.last().getMatchingProperty(), value);
    }
  }

  private static List<Error> errors(JsonNode report) {
    return SCHEMA.validate(report);
  }

  private static JsonNode sample() {
    return parse(SampleDiagnosis.full());
  }

  private static JsonNode parse(Diagnosis diagnosis) {
    try {
      return new JsonMapper().readTree(new JsonReport().render(diagnosis));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode readSchema() {
    try (InputStream in =
        JsonReport.class.getResourceAsStream("/dev/closewait/report/closewait-1.schema.json")) {
      return new JsonMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
