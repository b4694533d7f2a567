package dev.closewait.report.json;

import dev.closewait.diagnosis.thread.LockChain;
import dev.closewait.diagnosis.thread.ThreadAccount;
import dev.closewait.diagnosis.thread.ThreadAccount.Awaited;
import java.io.IOException;

/** Writes the thread that does not go on, and those that it waits for. */
final class ThreadJson {

  private final JsonFields fields;

  ThreadJson(JsonFields fields) {
    this.fields = fields;
  }

  /** Nothing where there is no such thread. */
  void write(LockChain locks) throws IOException {
    if (locks.threads().isEmpty()) {
      return;
    }
    fields.beginArray("threads");
    for (int i = 0; i < locks.threads().size(); i++) {
      write(locks.threads().get(i), locks.isDeadlocked() && i >= locks.cycleStart());
    }
    fields.endArray();
  }

  private void write(ThreadAccount thread, boolean deadlocked) throws IOException {
    fields.beginObject();
    fields.text("name", thread.name());
    fields.flag("virtual", thread.virtual());
    Thread.State state = thread.state();
    fields.text("state", state == null ? null : state.name());
    fields.text("doing", thread.doing());
    fields.flag("deadlocked", deadlocked);
    Awaited awaits = thread.awaits();
    if (awaits != null) {
      fields.text("waitsFor", awaits.lock());
      fields.text("heldBy", awaits.holder());
      fields.frame("heldAt", awaits.heldAt());
    }
    fields.stack("stack", thread.stack());
    fields.endObject();
  }
}
