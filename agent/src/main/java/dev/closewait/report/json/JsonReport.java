package dev.closewait.report.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.core.util.Separators;
import dev.closewait.diagnosis.AgentHealth;
import dev.closewait.diagnosis.AgentIdentity;
import dev.closewait.diagnosis.Census;
import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.ProcessIdentity;
import dev.closewait.diagnosis.ResolvedGroup;
import dev.closewait.kernel.TcpState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** A diagnosis as the bytes of one JSON object, as {@code closewait-1.schema.json} describes it. */
public final class JsonReport {

  private static final String SCHEMA = "closewait/1";

  private final JsonFactory factory = newFactory();

  /** ASCII only, which is UTF-8 for every parser and harmless for every terminal. */
  public byte[] render(Diagnosis diagnosis) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.setPrettyPrinter(newPrettyPrinter());
      writeReport(new JsonFields(json), diagnosis);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  /** Jackson's default pool would leave a buffer in a ThreadLocal of each thread that renders. */
  private static JsonFactory newFactory() {
    return JsonFactory.builder()
        .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
        .build();
  }

  /** With line ends of its own: Jackson's default follows the property line.separator. */
  private static PrettyPrinter newPrettyPrinter() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private static void writeReport(JsonFields fields, Diagnosis diagnosis) throws IOException {
    fields.beginObject();
    fields.text("schema", SCHEMA);
    fields.time("generatedAt", diagnosis.generatedAt());
    fields.flag("atExit", diagnosis.last());
    writeProcess(fields, diagnosis);
    writeAgent(fields, diagnosis.agent(), diagnosis.health());
    writeCensus(fields, diagnosis);
    fields.beginArray("leaks");
    LeakJson leaks = new LeakJson(fields, diagnosis);
    for (LeakGroup leak : diagnosis.leaks()) {
      leaks.write(leak);
    }
    fields.endArray();
    fields.beginArray("resolved");
    for (ResolvedGroup resolved : diagnosis.resolved()) {
      writeResolved(fields, resolved);
    }
    fields.endArray();
    fields.endObject();
  }

  private static void writeProcess(JsonFields fields, Diagnosis diagnosis) throws IOException {
    ProcessIdentity process = diagnosis.process();
    long uptimeMillis = diagnosis.generatedAt().toEpochMilli() - process.startedAt().toEpochMilli();
    fields.beginObject("process");
    fields.number("pid", process.pid());
    fields.text("mainClass", process.mainClass());
    fields.text("javaVersion", process.javaVersion());
    fields.text("os", process.operatingSystem());
    // The wall clock may have been set back since the start.
    fields.number("uptimeMillis", Math.max(0, uptimeMillis));
    fields.time("startedAt", process.startedAt());
    fields.endObject();
  }

  private static void writeAgent(JsonFields fields, AgentIdentity agent, AgentHealth health)
      throws IOException {
    fields.beginObject("agent");
    fields.text("version", agent.version());
    fields.text("mode", agent.mode());
    fields.time("attachedAt", agent.attachedAt());
    fields.beginObject("health");
    fields.texts("problems", health.problems());
    fields.texts("missingEvidence", health.missingEvidence());
    fields.texts("boundsHit", health.boundsHit());
    fields.texts("hookErrors", health.hookErrors());
    fields.number("scans", health.scans());
    fields.fractionalMillis("lastScanMillis", health.lastScanNanos());
    fields.number("trackedConnections", health.trackedConnections());
    fields.endObject();
    fields.endObject();
  }

  private static void writeCensus(JsonFields fields, Diagnosis diagnosis) throws IOException {
    Census census = diagnosis.census();
    fields.beginObject("census");
    for (Map.Entry<String, Integer> count : census.countsByState().entrySet()) {
      fields.number(stateName(count.getKey()), count.getValue());
    }
    fields.endObject();
    fields.texts("censusByPort", census.countedByPort());
    fields.beginObject("descriptors");
    fields.numberIfKnown("open", census.openDescriptors());
    fields.numberIfKnown("limit", census.descriptorLimit());
    fields.endObject();
    fields.beginObject("totals");
    fields.number("opened", diagnosis.opened());
    fields.number("closed", diagnosis.closed());
    fields.number("belowThreshold", census.stuckConnections());
    fields.endObject();
  }

  /** The same name here as in the connections. */
  private static String stateName(String kernelName) {
    return kernelName.equals(TcpState.CLOSE.name()) ? TcpState.CLOSE.reportName() : kernelName;
  }

  private static void writeResolved(JsonFields fields, ResolvedGroup resolved) throws IOException {
    fields.beginObject();
    fields.text("fingerprint", resolved.fingerprint());
    fields.text("cause", resolved.cause().name());
    fields.number("count", resolved.count());
    fields.millis("afterMillis", resolved.afterNanos());
    fields.endObject();
  }
}
