package dev.closewait.junit;

import java.net.CloseWaitControl;
import java.net.CloseWaitRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails each test that has opened a connection, in either direction, which its peer has closed and
 * which is still open two seconds after the test.
 *
 * <p>Use it with {@code @ExtendWith(CloseWaitExtension.class)} and the agent in the JVM that runs
 * the tests ({@code <argLine>-javaagent:closewait-agent.jar</argLine>} of Maven Surefire). A
 * connection counts for the test in which it was opened, whatever thread opened it: not for tests
 * that run in parallel in one JVM.
 */
public final class CloseWaitExtension implements BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(CloseWaitExtension.class);
  private static final String LAST_ID = "last id before the test";
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long POLL_MILLIS = 20;

  @Override
  public void beforeEach(ExtensionContext context) {
    requireAgent();
    context.getStore(NAMESPACE).put(LAST_ID, CloseWaitControl.lastId());
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    Long lastId = context.getStore(NAMESPACE).remove(LAST_ID, Long.class);
    if (lastId == null) {
      return;
    }
    List<CloseWaitRecord> left = leftAfterGrace(new TestConnections(lastId));
    if (!left.isEmpty()) {
      SocketLeakError error = SocketLeakError.of(context.getDisplayName(), left);
      Optional<Throwable> failure = context.getExecutionException();
      if (failure.isEmpty()) {
        throw error;
      }
      failure.get().addSuppressed(error);
    }
  }

  private static List<CloseWaitRecord> leftAfterGrace(TestConnections connections)
      throws InterruptedException {
    long start = System.nanoTime();
    List<CloseWaitRecord> left = connections.leftOpen();
    while (!left.isEmpty() && System.nanoTime() - start < GRACE_NANOS) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      left = connections.leftOpen();
    }
    return left;
  }

  private static void requireAgent() {
    try {
      Class.forName("java.net.CloseWaitControl", false, null);
    } catch (ClassNotFoundException e) {
      throw notRunning();
    }
    if (!CloseWaitControl.isOn()) {
      throw notRunning();
    }
  }

  private static ExtensionConfigurationException notRunning() {
    return new ExtensionConfigurationException(
        "closewait does not run: add -javaagent:closewait-agent.jar to the JVM that runs the tests"
            + " (Maven Surefire: argLine)");
  }
}
