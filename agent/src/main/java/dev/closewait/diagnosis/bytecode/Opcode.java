package dev.closewait.diagnosis.bytecode;

/**
 * The instructions that the flow depends on, by number (JVMS 25, chapter 7).
 *
 * <p>Not those of the bytecode library: a class that uses nothing of it but constants keeps the
 * name that it has outside of our jar.
 */
final class Opcode {
  static final int LDC = 18;
  static final int IALOAD = 46;
  static final int AALOAD = 50;
  static final int SALOAD = 53;
  static final int IASTORE = 79;
  static final int SASTORE = 86;
  static final int IDIV = 108;
  static final int LDIV = 109;
  static final int IREM = 112;
  static final int LREM = 113;
  static final int IFEQ = 153;
  static final int IFLE = 158;
  static final int IF_ICMPEQ = 159;
  static final int IF_ICMPLE = 164;
  static final int GOTO = 167;
  static final int TABLESWITCH = 170;
  static final int LOOKUPSWITCH = 171;
  static final int IRETURN = 172;
  static final int ARETURN = 176;
  static final int RETURN = 177;
  static final int GETSTATIC = 178;
  static final int PUTSTATIC = 179;
  static final int GETFIELD = 180;
  static final int PUTFIELD = 181;
  static final int INVOKEVIRTUAL = 182;
  static final int INVOKESPECIAL = 183;
  static final int INVOKESTATIC = 184;
  static final int INVOKEINTERFACE = 185;
  static final int INVOKEDYNAMIC = 186;
  static final int NEW = 187;
  static final int NEWARRAY = 188;
  static final int ATHROW = 191;
  static final int CHECKCAST = 192;
  static final int MONITORENTER = 194;
  static final int MULTIANEWARRAY = 197;
  static final int IFNULL = 198;
  static final int IFNONNULL = 199;

  private Opcode() {}

  /** Of whole numbers, which may not be by zero. */
  static boolean isDivision(int opcode) {
    return opcode == IDIV || opcode == LDIV || opcode == IREM || opcode == LREM;
  }
}
