package dev.closewait.diagnosis.bytecode;

/**
 * Tells whether an instruction may close a connection unseen: because it is not known what is
 * closed, or what the called code does.
 */
final class Doubt {
  private final MethodCode code;
  private final Resource used;
  private final boolean isNew;

  /**
   * @param isNew true when nobody but the method can have the connection
   */
  Doubt(MethodCode code, Resource used, boolean isNew) {
    this.code = code;
    this.used = used;
    this.isNew = isNew;
  }

  /** True when what is closed may be it. */
  boolean isLeftByClose(Effects effects) {
    for (Origin closed : effects.closed()) {
      if (mayBeIt(closed)) {
        return true;
      }
    }
    return false;
  }

  /** True when code is called that is not read, and has it or the object that may have it. */
  boolean isLeftByCall(Effects effects) {
    for (Origin unread : effects.unread()) {
      if (hasIt(unread)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeIt(Origin closed) {
    if (closed.kind() != Origin.Kind.SITE) {
      return !isNew;
    }
    if (closed.equals(Origin.UNKNOWN)) {
      return true;
    }
    return isFound(code, closed) && !(isNew && code.at(closed.number()).isStaticCall());
  }

  /** True for what was somewhere before the instruction returned it. */
  static boolean isFound(MethodCode code, Origin site) {
    Instruction instruction = code.at(site.number());
    return instruction.opcode() == Opcode.AALOAD
        || (instruction.isCall()
            && !instruction.isConstructorCall()
            && !CallNames.opens(instruction));
  }

  private boolean hasIt(Origin unread) {
    return used.contains(unread)
        || (unread.equals(Origin.THIS) && !isNew)
        || (unread.kind() == Origin.Kind.FIELD && used.contains(Origin.THIS));
  }
}
