package dev.starling.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The folder for keys and state of development: {@code dev} in the one that {@code STARLING_HOME}
 * names.
 */
public final class StarlingHome {
  private StarlingHome() {}

  /**
   * The folder, made where it doesn't exist.
   *
   * @throws CommandFailure when it can't be made
   */
  public static Path of(Map<String, String> environment) {
    Path folder = home(environment).resolve("dev");
    try {
      return Files.createDirectories(folder);
    } catch (IOException broken) {
      throw new CommandFailure("the folder " + folder + " can't be made: " + broken);
    }
  }

  /** The folder with a file for each cluster that this user operates; perhaps there is none. */
  public static Path contexts(Map<String, String> environment) {
    return home(environment).resolve("contexts");
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("STARLING_HOME", ".starling"));
  }
}
