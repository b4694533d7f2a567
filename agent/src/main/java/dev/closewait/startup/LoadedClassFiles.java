package dev.closewait.startup;

import dev.closewait.diagnosis.bytecode.ClassFiles;
import dev.closewait.diagnosis.bytecode.UnreadableClassException;
import dev.closewait.instrument.LiveClassFiles;
import java.util.List;

/** Lets the diagnosis ask the JVM for class files. */
final class LoadedClassFiles implements ClassFiles {
  private final LiveClassFiles live;

  LoadedClassFiles(LiveClassFiles live) {
    this.live = live;
  }

  @Override
  public List<byte[]> read(String className) throws UnreadableClassException {
    try {
      return live.read(className);
    } catch (LiveClassFiles.RefusedException e) {
      throw new UnreadableClassException(e.reason());
    }
  }

  @Override
  public boolean isExtended(String className) {
    return live.isExtended(className);
  }

  @Override
  public void endScan() {
    live.forget();
  }
}
