package dev.closewait.it.client;

/**
 * The use of one client library. Each way to leak is a method with a line of its own that is
 * marked; before that line another call has opened the connection, if the library lets it be used
 * again.
 */
interface ClientScenario {

  /** Leaks in each way that the library allows. */
  void leak(Site site) throws Exception;

  /** Does the same work as the library's documentation asks. */
  void work(Site site) throws Exception;
}
