package dev.starling.bench;

import dev.starling.core.protocol.ClientLimits;
import dev.starling.core.protocol.IceServer;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.Stamp;
import java.util.List;
import java.util.stream.IntStream;

/** Messages of usual sizes. */
final class Samples {
  static final String ROOM = "a-room-of-usual-length";
  static final String FIRST = "local.AAAAAAAAAAAAAAAA";
  static final String SECOND = "local.BBBBBBBBBBBBBBBB";

  /** An offer of 2.5 KiB. */
  static final String OFFER =
      "{\"type\":\"offer\",\"sdp\":\"" + "a=rtpmap:96 H264/90000\\r\\n".repeat(98) + "\"}";

  private static final String PROFILE = "{\"name\":\"Ada\",\"camera\":true}";
  private static final int MEMBERS = 10;

  private Samples() {}

  static String profile() {
    return PROFILE;
  }

  static ServerMessage signal() {
    return new ServerMessage.Signaled(ROOM, FIRST, Content.json(Bytes.utf8(OFFER)));
  }

  static ServerMessage welcome() {
    return new ServerMessage.Welcome(
        FIRST,
        FIRST + ".0123456789abcdef0123456789abcdef",
        false,
        null,
        "ada",
        "node-1",
        "local",
        List.of("wss://signal.example.org/v1/ws"),
        List.of(),
        5000,
        1000,
        List.of(new IceServer(List.of("stun:stun.example.org:3478"), null, null)),
        new ClientLimits(65_536, 16, 256, 8192, 4096));
  }

  /** A room of eleven. */
  static ServerMessage.Joined joined(long id, String self) {
    RoomSettings settings =
        new RoomSettings(256, false, false, false, List.of(), Content.EMPTY_OBJECT);
    List<Member> others =
        IntStream.range(0, MEMBERS).mapToObj(i -> member("local.CCCCCCCCCCCCCCC" + i)).toList();
    return new ServerMessage.Joined(id, ROOM, member(self), others, settings, List.of(), 1);
  }

  private static Member member(String session) {
    Stamp stamp = new Stamp(HybridTime.ZERO, new ReplicaId("node-1", 1));
    Content profile = Content.json(Bytes.utf8(PROFILE));
    return new Member(
        session,
        1,
        stamp.replica(),
        "local",
        "ada",
        Role.MEMBER,
        HybridTime.ZERO,
        new Register<>(stamp, profile));
  }
}
