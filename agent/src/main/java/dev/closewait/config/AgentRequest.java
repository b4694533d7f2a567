package dev.closewait.config;

/**
 * What a command sends, in the place of options, to an agent that watches its JVM already; no
 * option can be written like that.
 */
public final class AgentRequest {
  /** Asks for the present report. */
  public static final String REPORT = "request:report";

  private AgentRequest() {}
}
