package dev.closewait.it;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads every text that a class file holds: names of types, descriptors and string constants. */
final class ConstantPool {
  private ConstantPool() {}

  /** As laid out in JVMS 25, 4.1 and 4.4. */
  static List<String> textsOf(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(4 + 2 + 2);
    int count = in.readUnsignedShort();
    List<String> texts = new ArrayList<>();
    for (int index = 1; index < count; index++) {
      int tag = in.readUnsignedByte();
      if (tag == 1) {
        texts.add(in.readUTF());
      } else {
        in.skipNBytes(sizeOf(tag));
      }
      if (tag == 5 || tag == 6) {
        // 4.4.5: a long or double takes two entries.
        index++;
      }
    }
    return texts;
  }

  /** Bytes after the tag, by the tags of JVMS 25, table 4.4-A. */
  private static int sizeOf(int tag) throws IOException {
    return switch (tag) {
      case 7, 8, 16, 19, 20 -> 2;
      case 15 -> 3;
      case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
      case 5, 6 -> 8;
      default -> throw new IOException("no such constant pool tag: " + tag);
    };
  }
}
