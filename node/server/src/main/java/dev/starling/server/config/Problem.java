package dev.starling.server.config;

/**
 * Something wrong with the settings. Never holds a secret.
 *
 * @param source where it stands: {@code FILE:LINE}, an environment variable, {@code --set}, or
 *     {@code defaults}
 * @param setting the setting's name, or empty where it is about a whole source
 * @param message what is wrong and what to do
 */
public record Problem(String source, String setting, String message) {
  /** The problem as one line. */
  public String line() {
    return source + ": " + (setting.isEmpty() ? "" : setting + ": ") + message;
  }
}
