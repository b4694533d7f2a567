package dev.closewait.config;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The options of one agent, checked and complete.
 *
 * @param thresholdNanos a connection in CLOSE_WAIT for longer than this is reported
 * @param intervalNanos time from one scan to the next
 * @param reportPath file for the JSON report, or null for none
 * @param appPackages packages that count as application code, themselves and below, without a dot
 *     at the end; empty for everything that is neither a known library nor the JDK
 * @param exclusions frames that make a finding acceptable
 * @param maxConnections connections tracked at once
 * @param maxExamples example connections described for each leak
 * @param logLevel what the agent says about itself
 * @param enabled whether the agent does anything at all
 */
public record AgentOptions(
    long thresholdNanos,
    long intervalNanos,
    @Nullable String reportPath,
    List<String> appPackages,
    List<Exclusion> exclusions,
    int maxConnections,
    int maxExamples,
    Level logLevel,
    boolean enabled) {

  public AgentOptions {
    appPackages = List.copyOf(appPackages);
    exclusions = List.copyOf(exclusions);
  }

  /**
   * Merges all sources, the agent argument before the system properties before the environment
   * before the properties file, and checks the values that count.
   *
   * @throws OptionException whose message is one sentence for the user, without prefix
   */
  public static AgentOptions parse(
      @Nullable String agentArgument, Properties systemProperties, Map<String, String> environment)
      throws OptionException {
    Settings settings = OptionSources.agentArgument(agentArgument);
    settings.inherit(OptionSources.systemProperties(systemProperties));
    settings.inherit(OptionSources.environment(environment));
    Setting config = settings.find(AgentOption.CONFIG);
    if (config != null) {
      settings.inherit(OptionFile.read(OptionValues.path(config), Setting.suffix(config.origin())));
    }
    return of(settings);
  }

  private static AgentOptions of(Settings settings) throws OptionException {
    Setting report = settings.find(AgentOption.REPORT);
    Setting appPackages = settings.find(AgentOption.APP_PACKAGES);
    Setting exclude = settings.find(AgentOption.EXCLUDE);
    return new AgentOptions(
        OptionNumbers.nanos(settings.get(AgentOption.THRESHOLD)),
        OptionNumbers.nanos(settings.get(AgentOption.INTERVAL)),
        report == null ? null : OptionValues.path(report),
        appPackages == null ? List.of() : OptionValues.packages(appPackages),
        exclude == null ? List.of() : OptionValues.exclusions(exclude),
        OptionNumbers.count(settings.get(AgentOption.MAX_CONNECTIONS)),
        OptionNumbers.count(settings.get(AgentOption.MAX_EXAMPLES)),
        OptionValues.level(settings.get(AgentOption.LOG_LEVEL)),
        OptionValues.flag(settings.get(AgentOption.ENABLED)));
  }
}
