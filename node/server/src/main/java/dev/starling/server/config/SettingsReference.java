package dev.starling.server.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes the table down for people: the text of {@code docs/CONFIGURATION.md}. */
final class SettingsReference {
  private static final String INTRODUCTION =
      """
      # Configuration

      A node needs no configuration to run on loopback. Settings come from four places; a later one overrides an earlier one:

      1. the defaults below;
      2. a file, `./starling node --config FILE`, in [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md), of which
         JSON is a part: `client.port = 7401`, or `client { port = 7401 }`;
      3. environment variables: `STARLING_` and the name with its words apart, so that `client.publicUrl` is
         `STARLING_CLIENT_PUBLIC_URL`; an empty variable counts as not set;
      4. the command line: `./starling node --set client.port=7401 --set log.level=debug`.

      A list is `["a", "b"]` in a file and `a,b` elsewhere. In a file, `${NAME}` stands for an environment variable, so that a
      secret need not be written down in it. Relative paths start at the working directory. Names that don't exist and values that
      don't fit are errors: the node names all of them, each with its place, and doesn't start. `./starling node --check` checks
      and stops. Secrets are never printed.
      """;

  private SettingsReference() {}

  static String text() {
    List<String> groups = SettingTable.ALL.stream().map(Setting::group).distinct().toList();
    return INTRODUCTION
        + groups.stream().map(SettingsReference::section).collect(Collectors.joining());
  }

  private static String section(String group) {
    String rows =
        SettingTable.ALL.stream()
            .filter(setting -> setting.group().equals(group))
            .map(SettingsReference::row)
            .collect(Collectors.joining());
    return "\n## "
        + group
        + "\n\n| setting | environment | value | default | meaning |\n|---|---|---|---|---|\n"
        + rows;
  }

  private static String row(Setting<?> setting) {
    String secret = setting.kind().secret() ? " Secret." : "";
    return String.format(
        Locale.ROOT,
        "| `%s` | `%s` | %s | %s | %s%s |\n",
        setting.name(),
        setting.environmentName(),
        setting.kind().expectation(),
        setting.fallbackText(),
        setting.meaning(),
        secret);
  }
}
