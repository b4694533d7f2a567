/**
 * Netty programs in the surroundings that real ones run in: strict class loaders, modules, copies,
 * archives of classes, other agents, and an agent that comes late.
 */
@NullMarked
package dev.closewait.it.netty.loader;

import org.jspecify.annotations.NullMarked;
