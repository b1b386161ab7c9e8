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
    Path folder = Path.of(environment.getOrDefault("STARLING_HOME", ".starling")).resolve("dev");
    try {
      return Files.createDirectories(folder);
    } catch (IOException broken) {
      throw new CommandFailure("the folder " + folder + " can't be made: " + broken);
    }
  }
}
