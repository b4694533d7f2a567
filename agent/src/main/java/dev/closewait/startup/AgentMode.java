package dev.closewait.startup;

/** How the agent came into the JVM. */
enum AgentMode {
  PREMAIN("premain"),
  ATTACH("attach");

  private final String reportName;

  AgentMode(String reportName) {
    this.reportName = reportName;
  }

  /** The name in the JSON report. */
  String reportName() {
    return reportName;
  }
}
