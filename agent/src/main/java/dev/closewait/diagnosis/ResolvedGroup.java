package dev.closewait.diagnosis;

/**
 * A leak group that was reported before and of which nothing is left.
 *
 * @param count connections it had at most
 * @param afterNanos time between its first report and now
 */
public record ResolvedGroup(String fingerprint, Cause cause, int count, long afterNanos) {}
