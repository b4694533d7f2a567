package dev.closewait.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.Assertions;

/** What a user gave in each source, as the start of every test about it. */
final class OptionsGiven {
  private String argument = "";
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  static OptionsGiven argument(String argument) {
    OptionsGiven given = new OptionsGiven();
    given.argument = argument;
    return given;
  }

  static OptionsGiven property(String name, String value) {
    return argument("").andProperty(name, value);
  }

  static OptionsGiven variable(String name, String value) {
    return argument("").andVariable(name, value);
  }

  OptionsGiven andProperty(String name, String value) {
    properties.setProperty(name, value);
    return this;
  }

  OptionsGiven andVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  AgentOptions parsed() throws OptionException {
    return AgentOptions.parse(argument, properties, environment);
  }

  String complaint() {
    OptionException thrown = Assertions.catchThrowableOfType(OptionException.class, this::parsed);
    Assertions.assertThat(thrown).as("complaint about %s", this).isNotNull();
    return thrown.getMessage();
  }

  @Override
  public String toString() {
    return argument + " " + properties + " " + environment;
  }
}
