package dev.starling.server.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values that sources gave, by setting, over the table's defaults. */
final class Values {
  private final Map<Setting<?>, Object> given = new HashMap<>();

  <T> void put(Setting<T> setting, T value) {
    given.put(setting, value);
  }

  /** The value of a setting that always has one. */
  <T> T get(Setting<T> setting) {
    return Objects.requireNonNull(find(setting), setting.name());
  }

  /** The value of a setting that may have none. */
  @SuppressWarnings("unchecked") // put is the only way in, and keeps the types together
  <T> @Nullable T find(Setting<T> setting) {
    T value = (T) given.get(setting);
    return value != null ? value : setting.fallback();
  }
}
