package dev.closewait.config;

import org.jspecify.annotations.Nullable;

/** The list of options as people read it: for {@code --help} and for the README. */
public final class OptionHelp {
  private static final int COLUMNS = 100;
  private static final String INDENT = "      ";
  private static final String NO_DEFAULT = "none";

  private OptionHelp() {}

  /** Plain text, at most 100 columns. */
  public static String text() {
    StringBuilder text = new StringBuilder(2_000);
    text.append(
        """
        Options, in order of precedence:
          -javaagent:closewait-agent.jar=KEY=VALUE,KEY=VALUE    a comma inside a value is \\,
          -Dclosewait.KEY=VALUE
          CLOSEWAIT_KEY=VALUE                                   a - of the key is _
          config=FILE                                           lines KEY=VALUE
        """);
    for (AgentOption option : AgentOption.values()) {
      text.append("\n  ").append(option.key()).append('=').append(option.type().description());
      text.append("; default ").append(shown(option.defaultText())).append('\n');
      wrap(option.help().concat(" Example: ").concat(option.example()), text);
    }
    return text.toString();
  }

  private static void wrap(String sentence, StringBuilder text) {
    int column = 0;
    for (String word : sentence.split(" ", -1)) {
      boolean fits = column > 0 && column + 1 + word.length() <= COLUMNS;
      if (!fits && column > 0) {
        text.append('\n');
      }
      text.append(fits ? " " : INDENT).append(word);
      column = (fits ? column + 1 : INDENT.length()) + word.length();
    }
    text.append('\n');
  }

  /** The README's table, from its heading to its last row. */
  public static String markdownTable() {
    StringBuilder table = new StringBuilder(2_000);
    table.append("| Option | Value | Default | Meaning | Example |\n");
    table.append("| --- | --- | --- | --- | --- |\n");
    for (AgentOption option : AgentOption.values()) {
      table.append("| `").append(option.key()).append("` | ");
      table.append(option.type().description()).append(" | ");
      table.append(shown(option.defaultText())).append(" | ");
      table.append(option.help().replace("*", "`*`")).append(" | `");
      table.append(option.example()).append("` |\n");
    }
    return table.toString();
  }

  private static String shown(@Nullable String defaultText) {
    return defaultText == null ? NO_DEFAULT : defaultText;
  }
}
