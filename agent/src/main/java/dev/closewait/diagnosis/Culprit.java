package dev.closewait.diagnosis;

import dev.closewait.diagnosis.bytecode.StackLook;
import org.jspecify.annotations.Nullable;

/**
 * The frame held responsible.
 *
 * @param isOwn true when it stands on the stack that the ruling asks first, so that the sentence of
 *     the ruling is about it; false when only a stack of the opening has a frame of the application
 * @param code what the bytecode of the methods on that stack says; null when it was not asked
 */
record Culprit(StackTraceElement frame, boolean isOwn, @Nullable StackLook code) {

  Culprit(StackTraceElement frame, boolean isOwn) {
    this(frame, isOwn, null);
  }
}
