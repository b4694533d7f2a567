package dev.closewait.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One worker serves all in turns: a bad order ends it, and what the others send stays unread. */
final class DeadWorker implements OrderServer {
  private static final int TURN_MILLIS = 20;

  private final ServerSocket listener = Loopback.listen();
  private final List<Turn> turns = new CopyOnWriteArrayList<>();

  DeadWorker() throws IOException {
    Daemon.start("acceptor", this::acceptLoop);
    Daemon.start("worker", this::work);
  }

  private record Turn(Socket client, BufferedReader in) {}

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  private void acceptLoop() throws IOException {
    while (true) {
      Socket client = listener.accept();
      client.setSoTimeout(TURN_MILLIS);
      turns.add(new Turn(client, Orders.reader(client)));
    }
  }

  private void work() throws IOException, InterruptedException {
    while (true) {
      for (Turn turn : turns) {
        serve(turn);
      }
      Thread.sleep(TURN_MILLIS);
    }
  }

  private void serve(Turn turn) throws IOException {
    try {
      String line = turn.in().readLine();
      if (line == null) {
        leave(turn);
      } else {
        turn.client().getOutputStream().write(Orders.answer(line)); // LEAK
      }
    } catch (SocketTimeoutException notYet) {
      // It is the next one's turn.
    } catch (IllegalArgumentException badOrder) {
      leave(turn);
      throw badOrder;
    }
  }

  private void leave(Turn turn) throws IOException {
    turns.remove(turn);
    turn.client().close();
  }
}
