package dev.starling.core.room;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Content;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What a session asks of a room. Each is answered under its id, but for {@link Part} without one.
 */
public sealed interface RoomRequest {
  /** The id of a request that nobody waits for. */
  long NO_ANSWER = 0;

  /** The asking session's public id. */
  String session();

  /** The client's number for the request; {@link #NO_ANSWER} where nobody waits. */
  long id();

  /** Enters the room, or asks for its present state when already in. */
  record Enter(
      String session, long id, Occupant occupant, Content profile, @Nullable String password)
      implements RoomRequest {
    /** The member that it makes. */
    Member member(Stamp stamp) {
      return new Member(
          session,
          occupant.epoch(),
          occupant.host(),
          occupant.region(),
          occupant.user(),
          occupant.role(),
          stamp.time(),
          new Register<>(stamp, profile.compact()));
    }

    /** The same without a hold on the frame that it came in. */
    Enter compact() {
      return new Enter(session, id, occupant, profile.compact(), password);
    }

    @Override
    public String toString() {
      return "Enter[session=" + session + ", id=" + id + "]";
    }
  }

  /**
   * What a room needs to know of who enters.
   *
   * @param user from the token
   * @param role from the token
   * @param host the life of the node that serves the session
   * @param region of that node
   * @param epoch which hosting of the session it is
   */
  record Occupant(String user, Role role, ReplicaId host, String region, long epoch) {}

  /**
   * Leaves the room.
   *
   * @param epoch of the hosting that ends: one that came later stays
   */
  record Part(String session, long id, long epoch, LeaveReason reason) implements RoomRequest {}

  /** Replaces the session's profile. */
  record Describe(String session, long id, Content profile) implements RoomRequest {}

  /** Changes the room's settings; for moderators. */
  record Configure(String session, long id, SettingsChange change) implements RoomRequest {}

  /** Decides about somebody or the room; for moderators. */
  record Judge(
      String session,
      long id,
      Action action,
      @Nullable String member,
      @Nullable String user,
      @Nullable Long seconds)
      implements RoomRequest {}

  /** Says something. */
  record Say(String session, long id, Content data) implements RoomRequest {}

  /** Asks for older chat. */
  record Page(String session, long id, @Nullable String before, int limit) implements RoomRequest {}

  /** Asks for the whole state, because events were lost. */
  record Snapshot(String session) implements RoomRequest {
    @Override
    public long id() {
      return NO_ANSWER;
    }
  }
}
