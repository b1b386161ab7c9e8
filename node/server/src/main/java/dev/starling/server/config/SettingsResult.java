package dev.starling.server.config;

import java.util.List;

/** What came of reading the settings. */
public sealed interface SettingsResult {

  /**
   * All is well.
   *
   * @param given which settings were given by a source, in the order of the table
   */
  record Accepted(NodeSettings settings, List<GivenSetting> given) implements SettingsResult {}

  /**
   * Nothing can be started with this.
   *
   * @param problems all of them, at least one
   */
  record Refused(List<Problem> problems) implements SettingsResult {}

  /**
   * A setting that isn't at its default.
   *
   * @param name its dotted name
   * @param shown its value as text, or a placeholder for a secret
   * @param source which source counted
   */
  record GivenSetting(String name, String shown, String source) {
    /** The setting as one line. */
    public String line() {
      return name + " = " + shown + " (" + source + ")";
    }
  }
}
