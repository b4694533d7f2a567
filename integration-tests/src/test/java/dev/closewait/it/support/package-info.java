/**
 * What the integration tests share: starts JVMs, reads the agent's reports, and asks the kernel
 * itself; called by all {@code *IT} classes.
 */
@NullMarked
package dev.closewait.it.support;

import org.jspecify.annotations.NullMarked;
