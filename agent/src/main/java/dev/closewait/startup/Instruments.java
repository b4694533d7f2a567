package dev.closewait.startup;

import dev.closewait.instrument.FrameFiles;
import dev.closewait.instrument.Weaver;
import dev.closewait.instrument.arrival.Arrivals;
import java.lang.instrument.Instrumentation;

/**
 * What the agent looks into the JVM with.
 *
 * @param weaver for the JDK
 * @param arrivals for libraries
 * @param frameFiles for the stack traces of what is running meanwhile
 * @param instrumentation for what is woven on demand
 */
record Instruments(
    Weaver weaver, Arrivals arrivals, FrameFiles frameFiles, Instrumentation instrumentation) {}
