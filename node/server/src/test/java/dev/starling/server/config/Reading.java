package dev.starling.server.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.server.config.SettingsResult.Accepted;
import dev.starling.server.config.SettingsResult.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads settings the way that tests want them: good ones, or the lines about bad ones. */
final class Reading {
  static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";

  private Reading() {}

  static SettingsResult read(
      @Nullable Path file, Map<String, String> environment, String... assignments) {
    return SettingsReader.read(
        new SettingSources(file, environment, List.of(assignments), "my-host"));
  }

  static NodeSettings accepted(
      @Nullable Path file, Map<String, String> environment, String... assignments) {
    return assertInstanceOf(Accepted.class, read(file, environment, assignments)).settings();
  }

  static List<String> refused(
      @Nullable Path file, Map<String, String> environment, String... assignments) {
    return assertInstanceOf(Refused.class, read(file, environment, assignments)).problems().stream()
        .map(Problem::line)
        .toList();
  }
}
