package dev.closewait.diagnosis.bytecode;

/** What happened to the connection where its stack was taken. */
public enum Moment {
  OPENED,
  USED,
  END_READ,
  FAILED
}
