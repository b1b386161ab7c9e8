package dev.starling.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, from lowest to highest.
 *
 * @param file a file in HOCON, of which JSON is a part, or null for none
 * @param environment the process's environment variables
 * @param assignments texts of the form {@code KEY=VALUE}, as given to {@code --set}; of two for one
 *     key the last counts
 * @param hostName the machine's name, which the node's name comes from where no source gives one
 */
public record SettingSources(
    @Nullable Path file,
    Map<String, String> environment,
    List<String> assignments,
    String hostName) {
  @Override
  public String toString() {
    return "SettingSources[file=" + file + "]";
  }
}
