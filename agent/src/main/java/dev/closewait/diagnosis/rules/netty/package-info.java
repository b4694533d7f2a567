/**
 * One class per cause that only Netty's own state proves; {@link dev.closewait.diagnosis.LeakRules}
 * asks them.
 */
@NullMarked
package dev.closewait.diagnosis.rules.netty;

import org.jspecify.annotations.NullMarked;
