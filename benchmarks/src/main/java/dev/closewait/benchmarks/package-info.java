/**
 * Measures what the agent costs: {@code HookBenchmark} and its like by JMH, {@link
 * dev.closewait.benchmarks.OverheadDriver} by pairs of slices and pairs of whole JVMs; people run
 * them by hand, no build does.
 */
@NullMarked
package dev.closewait.benchmarks;

import org.jspecify.annotations.NullMarked;
