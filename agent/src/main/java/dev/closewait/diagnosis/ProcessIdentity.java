package dev.closewait.diagnosis;

import java.time.Instant;

/**
 * The process that a diagnosis is of.
 *
 * @param mainClass the main class or jar as the JVM names it; {@code ?} when it is not known
 * @param javaVersion version and vendor
 * @param operatingSystem name, version and architecture
 * @param startedAt wall clock
 */
public record ProcessIdentity(
    long pid, String mainClass, String javaVersion, String operatingSystem, Instant startedAt) {}
