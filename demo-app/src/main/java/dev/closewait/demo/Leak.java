package dev.closewait.demo;

import java.util.List;

/**
 * One way to leak: its name (the class that leaks), what goes wrong there, the cause that the agent
 * reports, the program that leaks and its twin that does not.
 */
record Leak(String name, String shows, String cause, Scenario leaking, Scenario fixed) {
  private static final String ORDER = "ORDER 7\n";
  private static final String BAD_ORDER = "ORDER seven\n";
  private static final String ORDER_AND_A_HALF = "ORDER 7\nORD";

  private static final OrderClient HANG_UP = ClientDriver.hangsUp(ORDER);
  private static final OrderClient GIVE_UP = ClientDriver.givesUp(ORDER);

  /** All ways to leak, in the order of a connection's life. */
  static final List<Leak> ALL =
      List.of(
          new Leak(
              "UnregisteredListener",
              "a listening channel is bound and never registered with the selector",
              "LISTENER_NOT_REGISTERED",
              new Scenario(UnregisteredListener::new, GIVE_UP),
              new Scenario(UnregisteredListenerFixed::new, HANG_UP)),
          new Leak(
              "NeverAccepting",
              "the accepting thread waits for a lock that another thread does not give back",
              "NEVER_ACCEPTED",
              new Scenario(NeverAccepting::new, ClientDriver.after(ORDER, GIVE_UP)),
              new Scenario(NeverAcceptingFixed::new, ClientDriver.after(ORDER, HANG_UP))),
          new Leak(
              "DeadAcceptor",
              "an exception has ended the accepting thread, and the port is still open",
              "NEVER_ACCEPTED",
              new Scenario(DeadAcceptor::new, ClientDriver.after(BAD_ORDER, GIVE_UP)),
              new Scenario(DeadAcceptorFixed::new, ClientDriver.after(BAD_ORDER, HANG_UP))),
          new Leak(
              "AcceptedNotRegistered",
              "accepted channels wait in a queue and are never registered nor read",
              "ACCEPTED_NEVER_READ",
              new Scenario(AcceptedNotRegistered::new, GIVE_UP),
              new Scenario(AcceptedNotRegisteredFixed::new, HANG_UP)),
          new Leak(
              "InterestNotGivenBack",
              "a worker answers while the read interest is taken away, and does not give it back",
              "READ_INTEREST_OFF",
              new Scenario(InterestNotGivenBack::new, HANG_UP),
              new Scenario(InterestNotGivenBackFixed::new, HANG_UP)),
          new Leak(
              "DeadWorker",
              "a bad order ends the worker that serves all; what the others send stays unread",
              "UNREAD_DATA",
              new Scenario(DeadWorker::new, new ReturningClients(ORDER, BAD_ORDER, false)),
              new Scenario(DeadWorkerFixed::new, new ReturningClients(ORDER, BAD_ORDER, true))),
          new Leak(
              "ForgottenClose",
              "the worker reads the end of the stream and leaves without close",
              "EOF_READ_NOT_CLOSED",
              new Scenario(ForgottenClose::new, HANG_UP),
              new Scenario(ForgottenCloseFixed::new, HANG_UP)),
          new Leak(
              "ExceptionSkipsClose",
              "a bad order throws past the close, then the client hangs up: nobody reads the EOF",
              "EXCEPTION_SKIPPED_CLOSE",
              new Scenario(
                  ExceptionSkipsClose::new,
                  ClientDriver.lastOneLate(ClientDriver.givesUp(BAD_ORDER))),
              new Scenario(ExceptionSkipsCloseFixed::new, ClientDriver.hangsUp(BAD_ORDER))),
          new Leak(
              "TruncatedOrder",
              "the client hangs up within a line, and parsing the half line throws past the close",
              "EXCEPTION_SKIPPED_CLOSE",
              new Scenario(
                  TruncatedOrder::new,
                  ClientDriver.lastOneLate(ClientDriver.hangsUp(ORDER_AND_A_HALF))),
              new Scenario(TruncatedOrderFixed::new, ClientDriver.hangsUp(ORDER_AND_A_HALF))),
          new Leak(
              "StuckWorker",
              "the worker has read the end of the stream and waits for a lock before its close",
              "THREAD_STUCK",
              new Scenario(StuckWorker::new, HANG_UP),
              new Scenario(StuckWorkerFixed::new, HANG_UP)),
          new Leak(
              "DeadlockedWorker",
              "the worker and its auditor take two locks in opposite orders before the close",
              "THREAD_STUCK",
              new Scenario(DeadlockedWorker::new, HANG_UP),
              new Scenario(DeadlockedWorkerFixed::new, HANG_UP)),
          new Leak(
              "SlowBackend",
              "the worker waits before its close for a backend that never answers",
              "THREAD_STUCK",
              new Scenario(SlowBackend::new, HANG_UP),
              new Scenario(SlowBackendFixed::new, HANG_UP)),
          new Leak(
              "SleepingWorker",
              "the worker sleeps before its close, for seconds where milliseconds were meant",
              "THREAD_STUCK",
              new Scenario(SleepingWorker::new, HANG_UP),
              new Scenario(SleepingWorkerFixed::new, HANG_UP)),
          new Leak(
              "NothingYetLoop",
              "a loop takes the end of the stream for \"nothing yet\" and reads again",
              "EOF_READ_NOT_CLOSED",
              new Scenario(NothingYetLoop::new, HANG_UP),
              new Scenario(NothingYetLoopFixed::new, HANG_UP)),
          new Leak(
              "AnsweredAfterTheEnd",
              "the client ends its direction only; the worker answers after that and leaves",
              "HALF_CLOSED",
              new Scenario(AnsweredAfterTheEnd::new, ClientDriver.halfCloses(ORDER)),
              new Scenario(AnsweredAfterTheEndFixed::new, ClientDriver.halfCloses(ORDER))),
          new Leak(
              "ShutdownForClose",
              "the worker says goodbye with shutdownOutput, the client hangs up, nobody closes",
              "HALF_CLOSED",
              new Scenario(ShutdownForClose::new, HANG_UP),
              new Scenario(ShutdownForCloseFixed::new, HANG_UP)),
          new Leak(
              "ResetSwallowed",
              "\"Connection reset\" is caught and the socket stays open",
              "DEAD_NOT_CLOSED",
              new Scenario(ResetSwallowed::new, ClientDriver.resets(ORDER)),
              new Scenario(ResetSwallowedFixed::new, ClientDriver.resets(ORDER))),
          new Leak(
              "DroppedResponse",
              "a client reads one line of a response and keeps the socket, with the rest unread",
              "BODY_NOT_CONSUMED",
              new Scenario(ConfirmingServer::new, new DroppedResponse()),
              new Scenario(ConfirmingServer::new, new DroppedResponseFixed())),
          new Leak(
              "DroppedChannel",
              "an accepted channel is dropped without close and garbage-collected",
              "UNREACHABLE",
              new Scenario(DroppedChannel::new, HANG_UP),
              new Scenario(DroppedChannelFixed::new, HANG_UP)));

  static Leak named(String name) {
    for (Leak leak : ALL) {
      if (leak.name.equals(name)) {
        return leak;
      }
    }
    throw new IllegalArgumentException("no way to leak is called " + name + ": see --list");
  }
}
