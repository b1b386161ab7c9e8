package dev.starling.core.world;

import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Content;

/** Changes of one setting. */
final class Changes {
  private Changes() {}

  static SettingsChange limit(int limit) {
    return new SettingsChange(limit, null, null, null, null);
  }

  static SettingsChange locked(boolean locked) {
    return new SettingsChange(null, locked, null, null, null);
  }

  static SettingsChange lobby(boolean lobby) {
    return new SettingsChange(null, null, lobby, null, null);
  }

  /** An empty text for none. */
  static SettingsChange password(String password) {
    return new SettingsChange(null, null, null, password, null);
  }

  static SettingsChange metadata(Content metadata) {
    return new SettingsChange(null, null, null, null, metadata);
  }
}
