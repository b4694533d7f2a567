package dev.closewait.diagnosis;

import java.time.Instant;

/**
 * Which agent made a diagnosis.
 *
 * @param mode {@code premain}, {@code attach} or {@code self}
 * @param attachedAt wall clock
 */
public record AgentIdentity(String version, String mode, Instant attachedAt) {}
