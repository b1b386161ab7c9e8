package dev.starling.proto.replication;

import dev.starling.crdt.Ban;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Member;
import dev.starling.crdt.Register;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomState;
import dev.starling.crdt.Stamp;
import dev.starling.property.Choices;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Rooms with everything in them, as three replicas left them. */
final class Rooms {
  private Rooms() {}

  static RoomState any(Choices choices) {
    List<RoomState> replicas =
        IntStream.range(0, 3).mapToObj(i -> new RoomState(replica(i), 4)).toList();
    for (int step = choices.between(0, 30); step > 0; step--) {
      int at = choices.between(0, 2);
      RoomState state = replicas.get(at);
      switch (choices.between(0, 8)) {
        case 0, 1, 2 -> state.merge(state.put(member(choices, replica(at))));
        case 3 -> state.merge(state.remove(session(choices)));
        case 4 -> state.merge(state.set(settings(choices), time(choices)));
        case 5 -> state.merge(state.say("s", "ü", content(choices), time(choices)));
        case 6 -> state.merge(state.ban(ban(choices), 5));
        case 7 -> state.merge(state.retire(replica(choices.between(3, 4)), step));
        default -> state.merge(replicas.get(choices.between(0, 2)).full());
      }
    }
    RoomState last = replicas.getFirst();
    if (choices.nextBoolean()) {
      last.merge(last.retire(replica(1), 7));
    }
    return last;
  }

  static ReplicaId replica(int number) {
    return new ReplicaId("node-" + number, Long.MAX_VALUE - number);
  }

  private static String session(Choices choices) {
    return "eu.s" + choices.between(1, 6);
  }

  private static Member member(Choices choices, ReplicaId replica) {
    Register<Content> profile = new Register<>(new Stamp(time(choices), replica), content(choices));
    Role role = choices.oneOf(Role.values());
    return new Member(
        session(choices),
        choices.between(0, 9),
        replica,
        "eu",
        "ada",
        role,
        time(choices),
        profile);
  }

  private static TreeMap<String, Content> settings(Choices choices) {
    TreeMap<String, Content> settings = new TreeMap<>();
    settings.put(choices.oneOf("limit", "locked"), content(choices));
    return settings;
  }

  private static Ban ban(Choices choices) {
    return new Ban("eve", choices.oneOf(6L, 1_000_000L, Long.MAX_VALUE));
  }

  private static HybridTime time(Choices choices) {
    return HybridTime.of(choices.between(0, 1_000_000), choices.between(0, 3));
  }

  private static Content content(Choices choices) {
    return choices.nextBoolean()
        ? Content.json(Bytes.utf8("{\"n\":" + choices.between(0, 99) + "}"))
        : new Content("application/cbor", Bytes.wrap(new byte[] {1, 2, (byte) choices.nextInt()}));
  }
}
