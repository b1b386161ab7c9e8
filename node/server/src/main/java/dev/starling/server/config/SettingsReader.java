package dev.starling.server.config;

import dev.starling.server.config.SettingsResult.Accepted;
import dev.starling.server.config.SettingsResult.GivenSetting;
import dev.starling.server.config.SettingsResult.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads all sources into one {@link NodeSettings}, or into the list of everything that is wrong
 * with them.
 */
public final class SettingsReader {
  private static final Map<String, Setting<?>> BY_NAME =
      SettingTable.ALL.stream().collect(Collectors.toMap(Setting::name, Function.identity()));

  private final SettingSources sources;
  private final List<Given> given = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Given> counting = new HashMap<>();
  private final Set<Setting<?>> unfit = new HashSet<>();
  private final Values values = new Values();

  private SettingsReader(SettingSources sources) {
    this.sources = sources;
  }

  /** Reads and checks the settings; reads files, throws nothing. */
  public static SettingsResult read(SettingSources sources) {
    return new SettingsReader(sources).read();
  }

  private SettingsResult read() {
    gather();
    given.forEach(this::take);
    Rule.ALL.forEach(this::check);
    if (!problems.isEmpty()) {
      return new Refused(List.copyOf(problems));
    }
    return new Accepted(SettingsAssembly.assemble(values, sources.hostName()), shown());
  }

  /** From the lowest source to the highest, so that the last value of a setting counts. */
  private void gather() {
    if (sources.file() != null) {
      FileSource.read(sources.file(), sources.environment(), given::add, problems::add);
    }
    EnvironmentSource.read(sources.environment(), given::add, problems::add);
    AssignmentSource.read(sources.assignments(), given::add, problems::add);
  }

  private void take(Given one) {
    Setting<?> setting = BY_NAME.get(one.name());
    if (setting == null) {
      problems.add(new Problem(one.source(), one.name(), unknown(one.name())));
    } else {
      counting.put(one.name(), one);
      parse(setting, one);
    }
  }

  /** A value that a higher source overrides must fit too: a source that is wrong is wrong. */
  private <T> void parse(Setting<T> setting, Given one) {
    Optional<T> value = setting.kind().parse(one.text());
    if (value.isPresent()) {
      values.put(setting, value.get());
    } else {
      unfit.add(setting);
      String shown = setting.kind().secret() ? "" : " (not \"" + abbreviated(one.text()) + "\")";
      String message = "must be " + setting.kind().expectation() + shown;
      problems.add(new Problem(one.source(), one.name(), message));
    }
  }

  /** A rule about a value that didn't fit would only repeat the complaint. */
  private void check(Rule rule) {
    if (rule.about().stream().noneMatch(unfit::contains) && !rule.holds().test(values)) {
      String source =
          rule.about().stream()
              .map(setting -> counting.get(setting.name()))
              .filter(Objects::nonNull)
              .map(Given::source)
              .findFirst()
              .orElse("defaults");
      problems.add(new Problem(source, rule.about().getFirst().name(), rule.message()));
    }
  }

  private List<GivenSetting> shown() {
    List<GivenSetting> shown = new ArrayList<>();
    for (Setting<?> setting : SettingTable.ALL) {
      Given one = counting.get(setting.name());
      if (one != null) {
        shown.add(shown(setting, one));
      }
    }
    return List.copyOf(shown);
  }

  private static GivenSetting shown(Setting<?> setting, Given one) {
    String text = setting.kind().secret() ? Secret.PLACEHOLDER : one.text();
    return new GivenSetting(setting.name(), text, one.source());
  }

  private static String unknown(String name) {
    return "no setting has this name"
        + NearestName.among(BY_NAME.keySet(), name)
            .map(nearest -> "; did you mean " + nearest + "?")
            .orElse("; remove it, or see docs/CONFIGURATION.md for the names there are");
  }

  private static String abbreviated(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
