package dev.starling.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.Reply;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.membership.NodeId;
import dev.starling.membership.ring.Ring;
import dev.starling.proto.replication.PeerWriter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rooms of a node with one loop, whose other owner is played by the test. */
final class SharedRoomsTest {
  private static final RoomOrder LOCK =
      new RoomOrder.Configure(new SettingsChange(null, true, null, null, null));

  private final EmbeddedChannel time = new EmbeddedChannel();
  private final NodeHost node =
      new NodeHost(
          PairedNode.config(
              "a", 1 << 20, 1_000, ReplicationConfig.of(PairedNode.ROOM, 0, 0, 1_000)),
          (token, verdict) -> {},
          user -> List.of(),
          new NodeClock(),
          views -> views,
          List.of(time.eventLoop()));
  private final SharedRooms rooms = Objects.requireNonNull(node.sharedRooms());
  private final TestLink link = new TestLink(new NodeId("b", 1), time.eventLoop());

  private void see(String... names) {
    rooms.see(PairedNode.view(names));
  }

  /** Other owners are to hear of a room that holds so much. */
  private CompletableFuture<RoomReport> open(String room, int bytes) {
    Content data = Content.json(Bytes.utf8("{'d':'" + "x".repeat(bytes) + "'}"));
    SettingsChange change = new SettingsChange(null, null, null, null, data);
    return rooms.order(room, new RoomOrder.Configure(change), true);
  }

  private void receive(PeerMessage message) {
    rooms.received(link, List.of(frame(PeerWriter.peer(message).toByteArray())), () -> {});
    time.runPendingTasks();
  }

  private static PeerFrame frame(byte[] bytes) {
    return new PeerFrame(FrameClass.REPLICATION, Bytes.wrap(bytes));
  }

  @Test
  void peerThatTakesNothingIsNotFloodedWithinAStep() {
    see("a");
    see("a", "b");
    for (int i = 0; i < 300; i++) {
      open("room " + i, 50_000);
    }
    link.takes = false;
    rooms.up(link);
    time.runPendingTasks();
    assertEquals(0, link.resets);
    assertEquals(1, link.offers);
  }

  @Test
  void whatIsNoMessageHasEverythingSaidAgain() {
    see("a", "b");
    rooms.up(link);
    List<String> taken = new ArrayList<>();
    rooms.received(link, List.of(frame(new byte[] {-1})), () -> taken.add("once"));
    assertEquals(List.of("once"), taken);
    assertEquals(1, link.resets);
    assertEquals(1, rooms.dropped().get("malformed"));
  }

  @Test
  void faultInTakingMessagesHasEverythingSaidAgain() {
    rooms.up(link);
    PeerMessage first = new PeerMessage.CaughtUp(Ring.shardOf("den"), true);
    List<String> taken = new ArrayList<>();
    rooms.part("den").received(link, new Faulty<>(first), () -> taken.add("once"));
    time.runPendingTasks();
    assertEquals(List.of("once"), taken);
    assertEquals(1, link.resets);
  }

  @Test
  void otherNodesMakeNoMoreRoomsThanThereMayBe() {
    see("a");
    see("a", "b");
    rooms.up(link);
    caughtUp(false);
    for (int i = 0; i < 1_000; i++) {
      receive(new PeerMessage.Command("room " + i, i, LOCK, true));
    }
    receive(new PeerMessage.Command("beyond", 1_000, LOCK, true));
    Reply full = new Reply.Refused(Code.BUSY, AbsentRoom.NO_PLACE.message());
    assertTrue(link.sent.contains(new PeerMessage.Replied("beyond", 1_000, full)));
    assertEquals(AbsentRoom.NO_PLACE, open("mine", 1).join());
  }

  @Test
  void nodeServesOnceAnotherOwnerHasSentWhatItHas() {
    rooms.up(link);
    CompletableFuture<Void> serving = rooms.serving();
    assertFalse(serving.isDone());
    see("a", "b");
    assertFalse(serving.isDone());
    caughtUp(true);
    assertTrue(serving.isDone());
  }

  /** The other owner has sent all that it has. */
  private void caughtUp(boolean serving) {
    for (int shard = 0; shard < Ring.SHARDS; shard++) {
      receive(new PeerMessage.CaughtUp(shard, serving));
    }
  }

  @Test
  void nodeThatDrainsHasHandedOverWhenNothingIsLeftOrNobodyIsThere() {
    see("a");
    CompletableFuture<Void> alone = rooms.handedOver();
    assertFalse(alone.isDone());
    see();
    assertTrue(alone.isDone());
    see("a", "b");
    open("kept", 1);
    rooms.up(link);
    CompletableFuture<Void> handedOver = rooms.handedOver();
    see("b");
    assertFalse(handedOver.isDone());
  }
}
