package dev.starling.core.protocol;

import dev.starling.crdt.Content;
import org.jspecify.annotations.Nullable;

/**
 * What a moderator wants changed; null leaves a setting as it is.
 *
 * @param limit at least 1; above the server's own bound it has no effect
 * @param password the new one, or an empty text for none
 * @param metadata a JSON object
 */
public record SettingsChange(
    @Nullable Integer limit,
    @Nullable Boolean locked,
    @Nullable Boolean lobby,
    @Nullable String password,
    @Nullable Content metadata) {
  @Override
  public String toString() {
    return "SettingsChange[limit=" + limit + ", locked=" + locked + ", lobby=" + lobby + "]";
  }
}
