package dev.starling.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads a file in HOCON. The parser's own messages are not passed on, since they quote what stands
 * there, which may be a secret.
 */
final class FileSource {
  private final Path file;
  private final Consumer<Given> given;
  private final Consumer<Problem> problems;

  private FileSource(Path file, Consumer<Given> given, Consumer<Problem> problems) {
    this.file = file;
    this.given = given;
    this.problems = problems;
  }

  /**
   * @param environment what {@code ${NAME}} in the file may refer to
   */
  static void read(
      Path file,
      Map<String, String> environment,
      Consumer<Given> given,
      Consumer<Problem> problems) {
    new FileSource(file, given, problems).read(environment);
  }

  private void read(Map<String, String> environment) {
    try {
      walk("", parse(environment).root());
    } catch (ConfigException.IO unreadable) {
      problems.accept(new Problem(file.toString(), "", "can't be read; check its path and mode"));
    } catch (ConfigException.UnresolvedSubstitution unresolved) {
      problem(unresolved.origin(), "a ${…} here names neither a key nor an environment variable");
    } catch (ConfigException malformed) {
      problem(
          malformed.origin(),
          "isn't HOCON from here on; look for a missing quote, brace or bracket, or a special"
              + " character without quotes");
    }
  }

  private Config parse(Map<String, String> environment) {
    ConfigParseOptions strict = ConfigParseOptions.defaults().setAllowMissing(false);
    Config written = ConfigFactory.parseFile(file.toFile(), strict);
    ConfigObject variables =
        (ConfigObject) ConfigValueFactory.fromAnyRef(environment, "environment");
    return written.resolveWith(
        written.withFallback(variables),
        ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
  }

  private void walk(String prefix, ConfigObject object) {
    new TreeMap<>(object).forEach((key, value) -> take(prefix + key, value));
  }

  private void take(String name, ConfigValue value) {
    switch (value) {
      case ConfigObject object -> walk(name + ".", object);
      case ConfigList list -> accept(name, join(list), value);
      // A null is HOCON's way of taking back what an included file said.
      case ConfigValue empty when empty.valueType() == ConfigValueType.NULL -> {}
      default -> accept(name, text(value), value);
    }
  }

  private void accept(String name, String text, ConfigValue value) {
    given.accept(new Given(name, text, place(value.origin())));
  }

  private static String join(ConfigList list) {
    return list.stream().map(FileSource::text).collect(Collectors.joining(","));
  }

  /** A scalar as it was written; a number keeps its leading zeros. */
  private static String text(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> value.atKey("value").getString("value");
      case OBJECT, LIST, NULL -> "(" + value.valueType().name().toLowerCase(Locale.ROOT) + ")";
    };
  }

  private void problem(ConfigOrigin origin, String message) {
    problems.accept(new Problem(place(origin), "", message));
  }

  private String place(ConfigOrigin origin) {
    String name = origin.filename() != null ? origin.filename() : file.toString();
    return origin.lineNumber() > 0 ? name + ":" + origin.lineNumber() : name;
  }
}
