package dev.closewait.diagnosis;

import java.util.List;
import java.util.Map;

/**
 * How well the agent itself does: what a reader must know before trusting a report.
 *
 * @param problems what heads every report: hooks that are missing or were undone, in words
 * @param missingEvidence what could not be asked, and why
 * @param boundsHit limits that cut something off (connections not tracked, stacks not taken), in
 *     words
 * @param hookErrors swallowed errors of the hooks, by kind, with the first of each kind as text
 * @param scans how many scans have run
 * @param lastScanNanos duration of the last complete scan
 * @param trackedConnections records in the table
 */
public record AgentHealth(
    List<String> problems,
    List<String> missingEvidence,
    List<String> boundsHit,
    Map<String, String> hookErrors,
    long scans,
    long lastScanNanos,
    int trackedConnections) {}
