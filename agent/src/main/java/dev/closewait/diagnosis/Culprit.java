package dev.closewait.diagnosis;

/**
 * The frame held responsible.
 *
 * @param isOwn true when it stands on the stack that the ruling asks first, so that the sentence of
 *     the ruling is about it; false when only a stack of the opening has a frame of the application
 */
record Culprit(StackTraceElement frame, boolean isOwn) {}
