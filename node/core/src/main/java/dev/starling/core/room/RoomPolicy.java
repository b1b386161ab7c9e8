package dev.starling.core.room;

import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Register;
import dev.starling.crdt.RoomDelta;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A room's settings over its replicated registers: what each key means, and its absence. A password
 * is kept as a salted hash, its stamp being the salt; it guards a room, not a person. Not
 * thread-safe.
 */
public final class RoomPolicy {
  private static final String LIMIT = "limit";
  private static final String LOCKED = "locked";
  private static final String LOBBY = "lobby";
  private static final String PASSWORD = "password";
  private static final String METADATA = "metadata";
  private static final String RESIDENCY = "residency";
  private static final Content TRUE = text("true");
  private static final Content FALSE = text("false");
  private static final Content NONE = text("");

  private final RoomState state;
  private final int maxMembers;

  /**
   * @param state where the settings are kept
   * @param maxMembers the most that any setting allows
   */
  public RoomPolicy(RoomState state, int maxMembers) {
    this.state = state;
    this.maxMembers = maxMembers;
  }

  /** The settings as members see them. */
  public RoomSettings settings() {
    Content metadata = value(METADATA);
    return new RoomSettings(
        limit(),
        locked(),
        lobby(),
        needsPassword(),
        residency(),
        metadata == null ? Content.EMPTY_OBJECT : metadata);
  }

  /** The regions that the room is kept in; empty for all. */
  public List<String> residency() {
    Content pinned = value(RESIDENCY);
    return pinned == null ? List.of() : regions(pinned);
  }

  /** Whether the room is kept in these regions alone. */
  boolean isKeptWithin(List<String> regions) {
    List<String> pinned = residency();
    return !pinned.isEmpty() && regions.containsAll(pinned);
  }

  /** Whether a setting says where the room is kept, which outlasts all that is in it. */
  public static boolean isResidency(Setting setting) {
    return setting.key().equals(RESIDENCY);
  }

  /** Whether there is nothing but perhaps where the room is kept. */
  public boolean isBare() {
    return state.isBlank()
        || (state.holdsOnlySettings() && state.settings().keySet().equals(Set.of(RESIDENCY)));
  }

  /** Whether a delta pins its room to regions of which this is none. */
  public static boolean pinsElsewhere(RoomDelta delta, String region) {
    for (Setting setting : delta.settings().values()) {
      if (isResidency(setting) && Residency.excludes(regions(setting.register().value()), region)) {
        return true;
      }
    }
    return false;
  }

  /** The delta that pins the room to regions, at least one. */
  RoomDelta pin(List<String> regions, HybridTime at) {
    TreeMap<String, Content> written = new TreeMap<>();
    written.put(RESIDENCY, text(String.join(",", regions)));
    return state.set(written, at);
  }

  int limit() {
    Content limit = value(LIMIT);
    return limit == null ? maxMembers : Math.min(maxMembers, number(limit.bytes().text()));
  }

  /** What another node wrote may be anything; what is no number sets no limit. */
  private int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException other) {
      return maxMembers;
    }
  }

  boolean locked() {
    return TRUE.equals(value(LOCKED));
  }

  boolean lobby() {
    return TRUE.equals(value(LOBBY));
  }

  /** Whether a newcomer's password is right, or none is needed. */
  boolean admits(@Nullable String password) {
    Register<Content> kept = state.settings().get(PASSWORD);
    if (kept == null || kept.value().equals(NONE)) {
      return true;
    }
    return password != null
        && MessageDigest.isEqual(
            hash(password, kept.stamp().time()).bytes().toArray(), kept.value().bytes().toArray());
  }

  /** The delta of a change. */
  RoomDelta delta(SettingsChange change, HybridTime at) {
    TreeMap<String, Content> written = new TreeMap<>();
    if (change.limit() != null) {
      written.put(LIMIT, text(Integer.toString(change.limit())));
    }
    if (change.locked() != null) {
      written.put(LOCKED, change.locked() ? TRUE : FALSE);
    }
    if (change.lobby() != null) {
      written.put(LOBBY, change.lobby() ? TRUE : FALSE);
    }
    if (change.password() != null) {
      written.put(PASSWORD, change.password().isEmpty() ? NONE : hash(change.password(), at));
    }
    if (change.metadata() != null) {
      written.put(METADATA, change.metadata().compact());
    }
    return state.set(written, at);
  }

  private boolean needsPassword() {
    Content kept = value(PASSWORD);
    return kept != null && !kept.equals(NONE);
  }

  private static List<String> regions(Content pinned) {
    return List.of(pinned.bytes().text().split(","));
  }

  private @Nullable Content value(String key) {
    Register<Content> register = state.settings().get(key);
    return register == null ? null : register.value();
  }

  private static Content hash(String password, HybridTime salt) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Long.toString(salt.packed()).getBytes(StandardCharsets.US_ASCII));
      digest.update(password.getBytes(StandardCharsets.UTF_8));
      return text(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Content text(String value) {
    return new Content("text/plain", Bytes.utf8(value));
  }
}
