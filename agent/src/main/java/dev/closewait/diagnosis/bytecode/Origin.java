package dev.closewait.diagnosis.bytecode;

/**
 * Where a value of a method came from.
 *
 * @param number of the parameter, by its local variable, or of the instruction that made it
 * @param name of the field, with its class
 */
record Origin(Kind kind, int number, String name) {
  static final Origin THIS = new Origin(Kind.THIS, 0, "");

  /** What another method has found somewhere, such as in a map. */
  static final Origin UNKNOWN = new Origin(Kind.SITE, -1, "");

  /** What kind of place. */
  enum Kind {
    THIS,
    PARAMETER,
    FIELD,
    SITE
  }

  static Origin parameter(int variable) {
    return new Origin(Kind.PARAMETER, variable, "");
  }

  static Origin field(Instruction access) {
    return new Origin(Kind.FIELD, 0, access.owner() + "." + access.name());
  }

  /** The result of a call, or a new object. */
  static Origin site(int index) {
    return new Origin(Kind.SITE, index, "");
  }
}
