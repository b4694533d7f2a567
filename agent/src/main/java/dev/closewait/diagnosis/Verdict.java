package dev.closewait.diagnosis;

/** How sure a finding is, the weakest first. */
public enum Verdict {
  /** Late, or harmless by design; it may still be closed. */
  SUSPECT,
  /** Nothing will close it, by proof or by its age. */
  LEAK
}
