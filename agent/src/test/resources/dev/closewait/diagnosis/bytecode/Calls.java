package shapes;

import java.io.*;
import java.net.*;
import java.util.concurrent.*;

/** Methods that call each other; the notes name the lines where a stack stands. */
class Calls {
  private final Socket front = new Socket();
  private final Socket back = new Socket();
  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

  String next(Socket client) throws IOException {
    return reader(client).readLine(); // NEXT
  }

  void serve(Socket client) throws IOException {
    while (next(client) != null) { // SERVE
      parse();
    }
    client.close(); // CLOSE
  }

  void forget(Socket client) throws IOException {
    while (next(client) != null) { // FORGET
      parse();
    }
  }

  void guard(Socket client) throws IOException {
    try {
      serve(client); // GUARD
    } finally {
      client.close();
    }
  }

  void guardFailures(Socket client) throws IOException {
    try {
      serveOne(client); // GUARD_FAILURES
    } catch (IOException | RuntimeException e) {
      client.close();
    }
  }

  void serveOne(Socket client) throws IOException {
    String line = next(client); // SERVE_ONE
    if (line == null) {
      return; // RETURNS
    }
    parse();
    client.close();
  }

  Socket open(int port) throws IOException {
    return new Socket("localhost", port); // OPEN
  }

  void use(int port) throws IOException {
    Socket server = open(port); // USE_OPENED
    server.getOutputStream().write(1);
  }

  void askOnce(BufferedReader connectsLate, boolean polite) throws IOException {
    connectsLate.readLine(); // ASK
    if (polite) {
      connectsLate.close(); // POLITE
    }
  }

  void relay() throws IOException {
    front.getInputStream().read(); // RELAY
  }

  void closesFront() throws IOException {
    relay(); // FRONT
    front.close(); // CLOSE_FRONT
  }

  void closesBack() throws IOException {
    relay(); // BACK
    back.close();
  }

  void readOrClose() throws IOException {
    front.getInputStream().read(); // READ_OR_CLOSE
    back.close();
  }

  void readsAndTells() throws IOException {
    front.getInputStream().read(); // TELLS
    atEnd();
  }

  void atEnd() {}

  void readsOrCloses() throws IOException {
    readOrClose(); // READS_OR_CLOSES
  }

  void serveInPool(Executor pool, Socket client) {
    pool.execute(() -> readAll(client)); // PASSES_ON
  }

  void answerInPool(Executor pool, Socket client) {
    pool.execute(
        () -> {
          while (readAll(client) > 0) { // LOOPS_IN_LAMBDA
            parse();
          }
        });
  }

  int readAll(Socket client) {
    try {
      return client.getInputStream().read(); // READ_ALL
    } catch (IOException e) {
      return 0;
    }
  }

  void queueOne(Socket client) throws IOException {
    queue(client); // QUEUE_ONE
  }

  void queueOrClose(Socket client) throws IOException {
    try {
      queue(client); // QUEUE_OR_CLOSE
    } catch (RuntimeException e) {
      client.close();
    }
  }

  void queue(Socket client) throws IOException {
    String line = reader(client).readLine(); // QUEUE
    Job job = new Job(client, line);
    jobs.add(job); // QUEUED
  }

  void queueAfterReply(Socket client) throws IOException {
    Job job = ask(client); // KEEPS_JOB
    jobs.add(job); // JOB_QUEUED
  }

  Job ask(Socket client) throws IOException {
    return new Job(client, reader(client).readLine()); // MAKES_JOB
  }

  void askAndDrop(Socket client) throws IOException {
    Job job = ask(client); // DROPS_JOB
    System.out.println(job);
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(new InputStreamReader(client.getInputStream()));
  }

  private static void parse() {
    Integer.parseInt("1");
  }

  static class Job {
    Job(Socket client, String line) {}
  }
}
