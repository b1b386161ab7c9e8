package dev.starling.proto.binary;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.Outage;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.ChatMessage;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import java.util.List;
import java.util.stream.Stream;

/** One of each message that a server sends, with every field filled; JSON in its shortest form. */
final class ServerSamples {
  private static final ReplicaId REPLICA = new ReplicaId("n", 1);
  private static final HybridTime AT = HybridTime.of(1_750_000_000_007L, 0);
  private static final Content DATA = Content.json(Bytes.utf8("{\"a\":[1,true,\"é\"]}"));
  private static final RoomSettings SETTINGS =
      new RoomSettings(7, true, true, true, List.of("eu"), DATA);
  private static final ChatMessage CHAT = new ChatMessage(new Dot(REPLICA, 4), AT, "s", "u", DATA);

  private ServerSamples() {}

  static Stream<ServerMessage> all() {
    return Stream.concat(answers(), events());
  }

  private static Stream<ServerMessage> answers() {
    return Stream.of(
        new ServerMessage.Welcome(
            "s",
            "s.t",
            true,
            ServerMessage.ResumeRefusal.UNKNOWN,
            "u",
            "n",
            "g",
            List.of("ws://a"),
            List.of("r"),
            5000,
            1000,
            List.of(new IceServer(List.of("turn:a"), "x", "y")),
            new ClientLimits(1, 2, 3, 4, 5)),
        new ServerMessage.Replayed(),
        new ServerMessage.Joined(
            1L, "r", member("me"), List.of(member("you")), SETTINGS, List.of(CHAT), 2),
        new ServerMessage.Joined(
            2L,
            "r",
            member("me"),
            List.of(),
            SETTINGS,
            List.of(),
            1,
            List.of(new Outage("us", 5), new Outage("ap", AT.millis()))),
        new ServerMessage.Joined(null, "r", member("me"), List.of(), SETTINGS, List.of(), 1),
        new ServerMessage.Waiting(1),
        new ServerMessage.Done(2, 1, null),
        new ServerMessage.Done(2, 0, List.of("m")),
        new ServerMessage.Said(3, "id", AT.millis(), 2),
        new ServerMessage.History(4, List.of(CHAT), true),
        new ServerMessage.Pong(),
        new ServerMessage.Failed(5L, Code.BUSY, "m"),
        new ServerMessage.Failed(null, Code.DRAINING, "m"),
        new ServerMessage.Moved(List.of("ws://b"), 9));
  }

  private static Stream<ServerMessage> events() {
    return Stream.of(
        new ServerMessage.MemberChanged("r", ServerMessage.MemberEvent.JOINED, member("you"), null),
        new ServerMessage.MemberChanged(
            "r", ServerMessage.MemberEvent.LEFT, member("you"), ServerMessage.LeaveReason.TIMEOUT),
        new ServerMessage.Signaled("r", "s", DATA),
        new ServerMessage.Broadcasted("r", "s", DATA),
        new ServerMessage.Chatted("r", CHAT),
        new ServerMessage.SettingsChanged("r", SETTINGS),
        new ServerMessage.Knocked("r", "s", "u", DATA),
        new ServerMessage.MuteRequested("r", "s"),
        new ServerMessage.Degraded("r", List.of()),
        new ServerMessage.Degraded("r", List.of(new Outage("us", AT.millis()))),
        new ServerMessage.Announced("r", DATA));
  }

  private static Member member(String session) {
    Register<Content> profile = new Register<>(new Stamp(AT, REPLICA), DATA);
    return new Member(session, 1, new ReplicaId("n", 1), "g", "u", Role.MODERATOR, AT, profile);
  }
}
