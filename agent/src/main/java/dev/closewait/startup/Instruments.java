package dev.closewait.startup;

import dev.closewait.instrument.SourceFiles;
import dev.closewait.instrument.Weaver;
import java.lang.instrument.Instrumentation;

/**
 * What the agent looks into the JVM with.
 *
 * @param instrumentation for what is woven on demand
 */
record Instruments(Weaver weaver, SourceFiles sourceFiles, Instrumentation instrumentation) {}
