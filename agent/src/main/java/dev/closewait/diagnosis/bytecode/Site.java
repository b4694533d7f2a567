package dev.closewait.diagnosis.bytecode;

/**
 * A line of a method, and what it does there.
 *
 * @param what the name of the method that is called, or a few words
 */
public record Site(int line, String what) implements Comparable<Site> {

  @Override
  public int compareTo(Site other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : what.compareTo(other.what);
  }
}
