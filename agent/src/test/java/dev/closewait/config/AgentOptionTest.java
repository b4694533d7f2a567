package dev.closewait.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentOptionTest {
  @ParameterizedTest
  @EnumSource
  void isNamedAlikeInEverySource(AgentOption option) {
    assertThat(option.key()).matches("[a-z]+(-[a-z]+)*");
    assertThat(option.name()).isEqualTo(option.environmentName().substring("CLOSEWAIT_".length()));
    assertThat(option.propertyName()).isEqualTo("closewait." + option.key());
    assertThat(AgentOption.ofKey(option.key())).isSameAs(option);
  }

  @ParameterizedTest
  @EnumSource
  void hasAnExampleThatIsTaken(AgentOption option, @TempDir Path directory) throws Exception {
    assertThat(option.example()).startsWith(option.key() + "=");
    String value = option.example().substring(option.key().length() + 1);
    if (option == AgentOption.CONFIG) {
      value = Files.createFile(directory.resolve("closewait.properties")).toString();
    }

    OptionsGiven.argument(option.key() + "=" + value).parsed();
    OptionsGiven.property(option.propertyName(), value).parsed();
    OptionsGiven.variable(option.environmentName(), value).parsed();
  }

  @ParameterizedTest
  @EnumSource
  void hasAnExampleThatIsNotTheDefault(AgentOption option) throws OptionException {
    if (option != AgentOption.CONFIG) {
      assertThat(OptionsGiven.argument(option.example()).parsed())
          .isNotEqualTo(OptionsGiven.argument("").parsed());
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnEmptyValueFromEverySource(AgentOption option) {
    String problem = option.key() + "= has no value (write " + option.example() + ")";

    assertThat(OptionsGiven.argument(option.key() + "=").complaint()).isEqualTo(problem);
    assertThat(OptionsGiven.argument(option.key()).complaint()).isEqualTo(problem);
    assertThat(OptionsGiven.property(option.propertyName(), " ").complaint()).startsWith(problem);
    assertThat(OptionsGiven.variable(option.environmentName(), "").complaint()).startsWith(problem);
  }

  @Test
  void findsNoOptionOfAnotherSpelling() {
    assertThat(AgentOption.ofKey("Threshold")).isNull();
    assertThat(AgentOption.ofKey("max_examples")).isNull();
    assertThat(AgentOption.ofKey("")).isNull();
  }
}
