/**
 * What single threads do, what they wait for and who holds it; called by the diagnosis for the few
 * threads that findings point to.
 */
@NullMarked
package dev.closewait.diagnosis.thread;

import org.jspecify.annotations.NullMarked;
