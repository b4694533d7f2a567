package dev.closewait.diagnosis;

import java.util.function.Predicate;

/**
 * A frame that makes a finding acceptable, as the user has declared.
 *
 * @param pattern as the user wrote it
 * @param reason the user's words
 */
public record ExcusedFrame(Predicate<StackTraceElement> frames, String pattern, String reason) {}
