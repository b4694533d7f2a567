/**
 * Asks the channels of every copy of Netty what no hook records, at report time and without knowing
 * Netty when compiled; {@code connection} calls it.
 */
@NullMarked
package dev.closewait.connection.netty;

import org.jspecify.annotations.NullMarked;
