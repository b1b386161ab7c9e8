package dev.starling.server.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the environment variables that start with {@code STARLING_}. An empty one counts as not
 * set.
 */
final class EnvironmentSource {
  /** Names that belong to the launcher. */
  static final Set<String> NOT_SETTINGS =
      Set.of("STARLING_HOME", "STARLING_JAVA_OPTS", "STARLING_TESTING");

  private static final Map<String, Setting<?>> BY_NAME =
      SettingTable.ALL.stream()
          .collect(Collectors.toMap(Setting::environmentName, Function.identity()));

  private EnvironmentSource() {}

  static void read(
      Map<String, String> environment, Consumer<Given> given, Consumer<Problem> problems) {
    new TreeMap<>(environment)
        .forEach((name, text) -> {
          if (name.startsWith(Setting.ENVIRONMENT_PREFIX)
              && !NOT_SETTINGS.contains(name)
              && !text.isEmpty()) {
            readOne(name, text, given, problems);
          }
        });
  }

  private static void readOne(
      String name, String text, Consumer<Given> given, Consumer<Problem> problems) {
    Setting<?> setting = BY_NAME.get(name);
    if (setting != null) {
      given.accept(new Given(setting.name(), text, name));
    } else {
      String guess =
          NearestName.among(BY_NAME.keySet(), name)
              .map(nearest -> "; did you mean " + nearest + "?")
              .orElse("; unset it, or see docs/CONFIGURATION.md for the names there are");
      problems.accept(new Problem(name, "", "no setting has this name" + guess));
    }
  }
}
