package dev.closewait.diagnosis;

/**
 * Why a connection was not closed; the names are those of the JSON report, and each is proven by
 * one rule.
 */
public enum Cause {
  LISTENER_NOT_REGISTERED,
  NEVER_ACCEPTED,
  ACCEPTED_NEVER_READ,
  READ_INTEREST_OFF,
  EOF_READ_NOT_CLOSED,
  EXCEPTION_SKIPPED_CLOSE,
  THREAD_STUCK,
  UNREAD_DATA,
  HALF_CLOSED,
  DEAD_NOT_CLOSED,
  CLOSE_INEFFECTIVE,
  POOLED_IDLE,
  BODY_NOT_CONSUMED,
  CLIENT_NOT_CLOSED,
  UNREACHABLE,
  UNKNOWN
}
