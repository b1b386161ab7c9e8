package dev.starling.proto.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.Change;
import dev.starling.core.replication.Note;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.Reply;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomRequest;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.CausalContext;
import dev.starling.crdt.Content;
import dev.starling.crdt.Dot;
import dev.starling.crdt.DotRange;
import dev.starling.crdt.HybridTime;
import dev.starling.crdt.Role;
import dev.starling.crdt.RoomRepair;
import dev.starling.crdt.RoomState;
import dev.starling.property.Choices;
import dev.starling.property.Property;
import dev.starling.proto.replication.v1.CaughtUp;
import dev.starling.proto.replication.v1.Peer;
import dev.starling.proto.replication.v1.RoomSum;
import dev.starling.proto.replication.v1.RoomSums;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PeerCodecTest {
  private static final int KINDS = 20;

  @Property(tries = 2_000)
  void messagesAreReadAsTheyWereWritten(Choices choices) {
    PeerMessage message = any(choices);
    assertEquals(message, PeerReader.peer(Bytes.wrap(PeerWriter.peer(message).toByteArray())));
  }

  @Property(tries = 5_000)
  void mutatedBytesAreReadOrRefused(Choices choices) {
    byte[] bytes = PeerWriter.peer(any(choices)).toByteArray();
    for (int i = choices.between(1, 8); i > 0 && bytes.length > 0; i--) {
      bytes[choices.between(0, bytes.length - 1)] = (byte) choices.between(0, 255);
    }
    int length = choices.nextBoolean() ? bytes.length : choices.between(0, bytes.length);
    PeerMessage read = PeerReader.peer(Bytes.wrap(bytes, 0, length));
    if (read != null) {
      assertEquals(read, PeerReader.peer(PeerWriter.peer(read)));
    }
  }

  @Test
  void shardsThatThereAreNotAndListsThatAreTooLongAreRefused() {
    assertNull(
        PeerReader.peer(
            Peer.newBuilder().setCaughtUp(CaughtUp.newBuilder().setShard(1_024)).build()));
    RoomSums.Builder sums = RoomSums.newBuilder();
    for (int room = 0; room <= PeerMessage.MAX_ROOMS; room++) {
      sums.addRooms(RoomSum.newBuilder().setRoom("r" + room));
    }
    assertNull(PeerReader.peer(Peer.newBuilder().setRoomSums(sums).build()));
    assertNull(PeerReader.peer(Peer.getDefaultInstance()));
  }

  private static PeerMessage any(Choices choices) {
    String room = "room-" + choices.between(0, 9);
    int shard = choices.between(0, 1_023);
    return switch (choices.between(0, KINDS - 1)) {
      case 0 -> new PeerMessage.Push(room, change(choices), choices.between(0, 9));
      case 1 -> new PeerMessage.Ack(room, context(choices), 0, choices.between(0, 9));
      case 2 -> new PeerMessage.ShardSum(shard, choices.between(0, 9), choices.nextLong());
      case 3 ->
          new PeerMessage.RoomSums(shard, "", choices.nextBoolean() ? "z" : null, sums(choices));
      case 4 -> new PeerMessage.NextSums(shard, room);
      case 5 -> new PeerMessage.Lacking(shard, choices.listOf(4, PeerCodecTest::seen));
      case 6 ->
          new PeerMessage.Repair(
              shard,
              choices.listOf(
                  3,
                  each ->
                      new PeerMessage.Mend("r" + each.nextInt(9), change(each), context(each))));
      case 7 -> new PeerMessage.CatchUp(shard, sums(choices));
      case 8 -> new PeerMessage.CaughtUp(shard, choices.nextBoolean());
      case 9, 10 -> new PeerMessage.Forward(room, shard, request(choices), regions(choices));
      case 11 -> new PeerMessage.Replied(room, shard, reply(choices));
      case 12 -> new PeerMessage.Subscribe(room, context(choices));
      case 13 -> new PeerMessage.Unsubscribe(room);
      case 14 -> new PeerMessage.Update(room, change(choices));
      case 16 -> new PeerMessage.Verify(room, Rooms.any(choices).digest());
      case 17 -> new PeerMessage.Ranges(room, context(choices), hashes(choices));
      case 18 -> mending(room, choices);
      case 15 -> new PeerMessage.Command(room, shard, order(choices), choices.nextBoolean());
      default ->
          choices.nextBoolean()
              ? new PeerMessage.Ended(room)
              : new PeerMessage.Tell(room, "s", event(room, choices));
    };
  }

  private static PeerMessage.Seen seen(Choices choices) {
    return new PeerMessage.Seen("r" + choices.between(0, 9), context(choices));
  }

  private static List<PeerMessage.RoomSum> sums(Choices choices) {
    return choices.listOf(5, each -> new PeerMessage.RoomSum("r" + each.nextInt(9), 7));
  }

  private static List<String> regions(Choices choices) {
    return choices.nextBoolean() ? List.of() : List.of("eu-west-1", "us-west-2");
  }

  private static CausalContext context(Choices choices) {
    return Rooms.any(choices).context();
  }

  private static Change change(Choices choices) {
    RoomState state = Rooms.any(choices);
    List<Note> notes = new ArrayList<>();
    for (DotRange range : state.context().ranges()) {
      Dot dot = new Dot(range.replica(), range.first());
      notes.add(
          choices.nextBoolean()
              ? new Note.Left(dot, "s", choices.oneOf(LeaveReason.values()))
              : new Note.Asked(dot, "s", choices.between(0, 9), HybridTime.of(5, 1)));
    }
    return new Change(state.full(), notes);
  }

  private static RoomRequest request(Choices choices) {
    long id = choices.between(0, 99);
    @Nullable String text = choices.nextBoolean() ? "x" : null;
    Content content = choices.nextBoolean() ? Content.EMPTY_OBJECT : blob();
    return switch (choices.between(0, 7)) {
      case 0 -> {
        Role role = choices.oneOf(Role.values());
        var who = new RoomRequest.Occupant("u", role, Rooms.replica(1), "eu", id);
        yield new RoomRequest.Enter("s", id, who, content, text);
      }
      case 1 -> new RoomRequest.Part("s", id, id, choices.oneOf(LeaveReason.values()));
      case 2 -> new RoomRequest.Describe("s", id, content);
      case 3 ->
          new RoomRequest.Configure(
              "s", id, new SettingsChange(5, choices.nextBoolean(), null, text, content));
      case 4 -> new RoomRequest.Judge("s", id, choices.oneOf(Action.values()), text, "u", 5L);
      case 5 -> new RoomRequest.Say("s", id, content);
      case 6 -> new RoomRequest.Page("s", id, text, 100);
      default -> new RoomRequest.Snapshot("s");
    };
  }

  private static DotRange range(Choices choices) {
    int first = choices.between(1, 9);
    return new DotRange(Rooms.replica(choices.between(0, 2)), first, first + choices.between(0, 9));
  }

  private static List<RoomRepair.RangeHash> hashes(Choices choices) {
    return choices.listOf(4, each -> new RoomRepair.RangeHash(range(each), each.nextLong()));
  }

  private static PeerMessage mending(String room, Choices choices) {
    DotRange range = range(choices);
    return new PeerMessage.Mending(
        room, range, RoomRepair.mending(Rooms.any(choices), range), choices.nextBoolean());
  }

  private static RoomOrder order(Choices choices) {
    @Nullable String text = choices.nextBoolean() ? "x" : null;
    return switch (choices.between(0, 6)) {
      case 0 -> new RoomOrder.Show();
      case 1 -> new RoomOrder.Configure(new SettingsChange(7, null, true, text, blob()));
      case 2 -> new RoomOrder.Kick(text, "u");
      case 3 -> new RoomOrder.Ban("m", text, choices.nextBoolean() ? 9L : null);
      case 4 -> new RoomOrder.Unban("u");
      case 5 -> new RoomOrder.Announce(text, null, blob());
      default -> new RoomOrder.Close();
    };
  }

  private static Content blob() {
    return new Content("application/cbor", Bytes.wrap(new byte[] {1, 2, 3}));
  }

  private static Reply reply(Choices choices) {
    return switch (choices.between(0, 8)) {
      case 0 -> new Reply.Entered(context(choices), 2);
      case 1 -> new Reply.Waits();
      case 2 -> new Reply.Finished(2);
      case 3 -> new Reply.Accepted("m", 7, 1);
      case 4 -> new Reply.Refused(choices.oneOf(Code.values()), "because");
      case 5 -> new Reply.NotServing();
      case 6 -> new Reply.Counted(3);
      case 7 -> new Reply.Pictured(Rooms.any(choices).full(), 2);
      default -> new Reply.Elsewhere(List.of("eu"));
    };
  }

  private static ServerMessage.Event event(String room, Choices choices) {
    return switch (choices.between(0, 2)) {
      case 0 -> new ServerMessage.Knocked(room, "s", "u", blob());
      case 1 -> new ServerMessage.MuteRequested(room, "m");
      default -> new ServerMessage.Announced(room, Content.EMPTY_OBJECT);
    };
  }
}
