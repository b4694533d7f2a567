package dev.closewait.diagnosis.bytecode;

/**
 * The instructions that the flow depends on, by number (JVMS 25, chapter 7).
 *
 * <p>Not those of the bytecode library: a class that uses nothing of it but constants keeps the
 * name that it has outside of our jar.
 */
final class Opcode {
  static final int AALOAD = 50;
  static final int IFEQ = 153;
  static final int IFLE = 158;
  static final int IF_ICMPEQ = 159;
  static final int IF_ICMPLE = 164;
  static final int GOTO = 167;
  static final int TABLESWITCH = 170;
  static final int LOOKUPSWITCH = 171;
  static final int IRETURN = 172;
  static final int RETURN = 177;
  static final int INVOKEVIRTUAL = 182;
  static final int INVOKESPECIAL = 183;
  static final int INVOKEINTERFACE = 185;
  static final int ATHROW = 191;
  static final int IFNULL = 198;
  static final int IFNONNULL = 199;

  private Opcode() {}
}
