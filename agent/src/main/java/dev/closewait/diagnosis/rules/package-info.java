/**
 * One class per cause: each says no, or yes with its complete proof; {@link
 * dev.closewait.diagnosis.LeakRules} asks them.
 */
@NullMarked
package dev.closewait.diagnosis.rules;

import org.jspecify.annotations.NullMarked;
