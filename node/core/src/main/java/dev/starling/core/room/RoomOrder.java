package dev.starling.core.room;

import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Content;
import org.jspecify.annotations.Nullable;

/**
 * What the application asks of a room from outside. It needs nobody's rights and is answered with a
 * {@link RoomReport}.
 */
public sealed interface RoomOrder {

  /** Tells how the room is set up and who is in it. */
  record Show() implements RoomOrder {}

  /** Changes the room's settings, and tells what has become of it. */
  record Configure(SettingsChange change) implements RoomOrder {}

  /** Puts a member, or all sessions of a user, out; just one of the two is named. */
  record Kick(@Nullable String member, @Nullable String user) implements RoomOrder {}

  /**
   * Puts all sessions of a user out and keeps it out; the user counts where both are named.
   *
   * @param seconds how long, or null for good
   */
  record Ban(@Nullable String member, @Nullable String user, @Nullable Long seconds)
      implements RoomOrder {}

  /** Lets a user in again. */
  record Unban(String user) implements RoomOrder {}

  /** Says something to a member, to all sessions of a user, or to everybody where none is named. */
  record Announce(@Nullable String member, @Nullable String user, Content data)
      implements RoomOrder {}

  /** Puts everybody out and forgets the room, settings, chat and bans included. */
  record Close() implements RoomOrder {}
}
