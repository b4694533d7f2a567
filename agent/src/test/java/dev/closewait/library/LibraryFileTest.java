package dev.closewait.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.closewait.library.ClientLibrary.Takes;
import dev.closewait.library.LibraryMethod.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of the data file, and the one that goes into the jar. */
class LibraryFileTest {
  private static final String FILE =
      """
      # A comment.
      library Acme client
      frames com.acme.net. com.acme.pool.
      takes response
      idle a setting
      close close it
      leased return com.acme.pool.Pool.take* result
      joined enter com.acme.net.Wire.bind(Ljava/net/Socket;)V arg0 this

      library Other
      frames org.other.
      takes nothing
      released enter? org.other.Pool$Entry.<init>(I)V this.wire
      """;

  private final ClientLibraries libraries = ClientLibraries.parse(FILE);

  @Test
  void readsLibrary() {
    assertThat(libraries.all().get(0))
        .isEqualTo(
            new ClientLibrary(
                "Acme client",
                List.of("com.acme.net.", "com.acme.pool."),
                Takes.RESPONSE,
                "a setting",
                "close it",
                null));
    assertThat(libraries.all().get(1).takes()).isEqualTo(Takes.NOTHING);
  }

  @Test
  void readsMethods() {
    assertThat(libraries.methods())
        .containsExactly(
            new LibraryMethod(
                0,
                Event.LEASED,
                true,
                false,
                "com.acme.pool.Pool",
                "take",
                null,
                List.of("result")),
            new LibraryMethod(
                1,
                Event.JOINED,
                false,
                false,
                "com.acme.net.Wire",
                "bind",
                "(Ljava/net/Socket;)V",
                List.of("arg0", "this")),
            new LibraryMethod(
                2,
                Event.RELEASED,
                false,
                true,
                "org.other.Pool$Entry",
                "<init>",
                "(I)V",
                List.of("this.wire")));
  }

  @Test
  void knowsTheLibraryOfMethod() {
    assertThat(libraries.ofRow(1)).isEqualTo(libraries.all().get(0));
    assertThat(libraries.ofRow(2)).isEqualTo(libraries.all().get(1));
    assertThat(libraries.ofRow(3)).isNull();
    assertThat(libraries.ofRow(-1)).isNull();
  }

  @Test
  void namesLibrariesOnStackFromTheSocketToTheApplication() {
    List<StackTraceElement> stack =
        List.of(frame("org.other.Wire"), frame("com.acme.net.Client"), frame("org.other.Call"));
    assertThat(libraries.on(stack))
        .extracting(ClientLibrary::name)
        .containsExactly("Acme client", "Other");
    assertThat(libraries.on(List.of(frame("shop.Main")))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "taken return com.acme.Pool.take* result",
        "leased return com.acme.Pool.take result",
        "leased return com.acme.Pool.take* result this",
        "joined return com.acme.Pool.take* result",
        "idle",
        "frames com.acme.",
        "library Next"
      })
  void refusesLine(String line) {
    String file = "library Acme\nframes com.acme.\n" + line + "\n";
    assertThatThrownBy(() -> ClientLibraries.parse(file))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What is taken has a way back, what is pooled a setting, and each name a frame. */
  @Test
  void packedFileSaysWhatToDo() {
    ClientLibraries packed = KnownClients.read();
    assertThat(packed.all())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            library -> {
              assertThat(library.framePrefixes()).isNotEmpty();
              assertThat(library.closeRemedy() == null).isEqualTo(library.takes() == Takes.NOTHING);
            });
    assertThat(packed.all()).extracting(ClientLibrary::name).doesNotHaveDuplicates();
    for (LibraryMethod method : packed.methods()) {
      ClientLibrary library = packed.ofRow(method.row());
      assertThat(library).isNotNull();
      assertThat(library.idleRemedy()).as("%s", method).isNotNull();
      if (method.event() == Event.MADE) {
        assertThat(library.shareRemedy()).as("%s", method).isNotNull();
      }
    }
  }

  private static StackTraceElement frame(String className) {
    return new StackTraceElement(className, "m", "Source.java", 1);
  }
}
