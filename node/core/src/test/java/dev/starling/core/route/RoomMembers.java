package dev.starling.core.route;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.Grant;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.room.RoomView;
import dev.starling.core.session.Secrets;
import dev.starling.core.session.SessionConfig;
import dev.starling.core.session.SessionCore;
import dev.starling.core.session.SessionIdentity;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import java.util.List;
import java.util.Random;

/** Sessions that are all in one room, whatever its owner may say. */
final class RoomMembers {
  private static final String ROOM = RouteWorld.ROOM;
  private static final long SECOND = 1_000_000_000;
  private static final SessionConfig CONFIG =
      new SessionConfig(
          SECOND,
          1_000 * SECOND,
          10_000 * SECOND,
          SECOND,
          9_900 * SECOND / 1_000,
          64,
          128,
          5,
          1_000_000,
          64,
          new SessionConfig.Rates(1_000_000, 1_000_000, 1_000_000_000),
          new ClientLimits(1_000, 4, 64, 100, 100));

  private RoomMembers() {}

  static SessionCore core(String session, String node, List<String> names) {
    return new SessionCore(
        new SessionIdentity(session, new ReplicaId(node, 1), "g", List.of(), 1),
        CONFIG,
        new Grant("u", RoomPattern.ANY, Role.MEMBER, Long.MAX_VALUE),
        room -> RoomView.of(room, names),
        new Secrets(session, new Random(1)),
        0);
  }

  static Joined joined(String session, String node) {
    Stamp stamp = new Stamp(HybridTime.of(1, 0), new ReplicaId("n", 1));
    Member self =
        new Member(
            session,
            1,
            new ReplicaId(node, 1),
            "g",
            "u",
            Role.MEMBER,
            stamp.time(),
            new Register<>(stamp, Content.EMPTY_OBJECT));
    RoomSettings settings =
        new RoomSettings(10, false, false, false, List.of(), Content.EMPTY_OBJECT);
    return new Joined(1L, ROOM, self, List.of(), settings, List.of(), 1);
  }
}
