package dev.closewait.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RuntimeDescriptorStatesTest {

  @Test
  void saysNothingOfADescriptorThatIsNotOpen() {
    assertThat(new RuntimeDescriptorStates().stateOf(-1)).isNull();
    assertThat(new RuntimeDescriptorStates().stateOf(Integer.MAX_VALUE)).isNull();
  }
}
