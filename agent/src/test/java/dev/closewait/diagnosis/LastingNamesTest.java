package dev.closewait.diagnosis;

import static dev.closewait.diagnosis.Observed.frame;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastingNamesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Server,                                Server",
    "Server/0x00000008000c2000,             Server",
    "Server$Session,                        Server$Session",
    "Server$1,                              Server$1",
    "Server$Session$2,                      Server$Session$2",
    "Server$1Local,                         Server$1Local",
    "Server$handle$1,                       Server$handle",
    "Server$handle$f$1$1$1,                 Server$handle$f",
    "Server$$anonfun$handle$1,              Server$$anonfun$handle",
    "Server$_handle_closure1,               Server$_handle",
    "Server$_handle_closure1$_closure4,     Server$_handle",
    "Server$_handle_lambda3,                Server$_handle",
    "a_closure1.Server,                     a_closure1.Server",
  })
  void namesClass(String name, String lasting) {
    assertThat(LastingNames.className(frame(name, "run", 1))).isEqualTo(lasting);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "handle,                                handle",
    "handle$extension,                      handle$extension",
    "handle$1,                              handle$1",
    "lambda$handle$0,                       handle",
    "lambda$handle$9107ef31$1,              handle",
    "lambda$new$1,                          new",
    "lambda$a1$0,                           a1",
    "lambda$,                               lambda$",
    "handle$lambda$0,                       handle",
    "handle$lambda$0$0$0,                   handle",
    "$anonfun$handle$1,                     handle",
    "$anonfun$handle$2$adapted,             handle",
    "handle$$anonfun$1,                     handle",
    "$init$$$anonfun$1,                     $init$",
    "$anonfun$1,                            $anonfun",
    "$anonfun$adapted$1,                    $anonfun",
    "$anonfun$1$$anonfun$1$$anonfun$1,      $anonfun",
  })
  void namesMethod(String name, String lasting) {
    assertThat(LastingNames.methodName(frame("Server", name, 1))).isEqualTo(lasting);
  }
}
