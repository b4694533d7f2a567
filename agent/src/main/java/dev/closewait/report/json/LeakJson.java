package dev.closewait.report.json;

import dev.closewait.diagnosis.Diagnosis;
import dev.closewait.diagnosis.Evidence;
import dev.closewait.diagnosis.LeakGroup;
import dev.closewait.diagnosis.LeakedConnection;
import java.io.IOException;

/** Writes the leak groups of one diagnosis as JSON objects. */
final class LeakJson {

  private final JsonFields fields;
  private final ThreadJson threads;
  private final ConnectionJson connections;

  LeakJson(JsonFields fields, Diagnosis diagnosis) {
    this.fields = fields;
    this.threads = new ThreadJson(fields);
    this.connections = new ConnectionJson(fields, diagnosis);
  }

  void write(LeakGroup leak) throws IOException {
    fields.beginObject();
    fields.text("fingerprint", leak.fingerprint());
    fields.text("kind", leak.kind().name());
    fields.text("verdict", leak.verdict().name());
    fields.text("cause", leak.cause().name());
    fields.text("reason", leak.reason());
    fields.frame("culprit", leak.culprit());
    fields.text("fix", leak.fix());
    fields.number("count", leak.count());
    fields.number("sampled", leak.sampled());
    fields.millis("oldestMillis", leak.oldestNanos());
    fields.rate("growthPerMinute", leak.growthPerMinute());
    fields.flag("new", leak.isNew());
    fields.beginArray("evidence");
    for (Evidence evidence : leak.evidence()) {
      write(evidence);
    }
    fields.endArray();
    threads.write(leak.locks());
    fields.beginArray("connections");
    for (LeakedConnection connection : leak.examples()) {
      connections.write(leak.kind(), connection);
    }
    fields.endArray();
    fields.endObject();
  }

  private void write(Evidence evidence) throws IOException {
    fields.beginObject();
    fields.text("source", evidence.source().name());
    fields.text("fact", evidence.fact());
    fields.stack("stack", evidence.stack());
    fields.endObject();
  }
}
