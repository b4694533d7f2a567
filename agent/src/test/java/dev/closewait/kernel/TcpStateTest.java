package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TcpStateTest {

  @ParameterizedTest
  @CsvSource({
    "1, ESTABLISHED",
    "6, TIME_WAIT",
    "7, CLOSE",
    "8, CLOSE_WAIT",
    "10, LISTEN",
    "12, NEW_SYN_RECV"
  })
  void hasTheKernelsNumber(int code, TcpState state) {
    assertThat(TcpState.fromCode(code)).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsOwnCode(TcpState state) {
    assertThat(TcpState.fromCode(state.code())).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 13, 255, Integer.MAX_VALUE})
  void isNotInventedForUnknownNumbers(int code) {
    assertThat(TcpState.fromCode(code)).isNull();
  }

  @Test
  void reportsCloseAsClosedAndTheOthersUnderTheKernelsName() {
    assertThat(TcpState.CLOSE.reportName()).isEqualTo("CLOSED");
    assertThat(TcpState.CLOSE_WAIT.reportName()).isEqualTo("CLOSE_WAIT");
  }
}
