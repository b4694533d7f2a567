package dev.closewait.kernel;

/** Keeps the rows in one state. */
record StateFilter(TcpState state) implements RowFilter {

  @Override
  public boolean accepts(int stateCode, int localPort, int remotePort, long inode) {
    return stateCode == state.code();
  }
}
