package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.property.Choices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the application asks of rooms that several owners keep. */
final class OrdersTest {
  private static final RoomOrder.Configure LOCK =
      new RoomOrder.Configure(new SettingsChange(null, true, null, null, null));

  private final World world = new World(new Choices(1)).region("eu", 3, 1).start();
  private final String room = world.roomOf("eu-a");

  @Test
  void orderIsAnsweredWhenTwoOwnersHoldIt() {
    world.node("eu-b").storeNanos(3 * Timeline.SECOND);
    world.node("eu-c").storeNanos(3 * Timeline.SECOND);
    long opened = world.node("eu-a").order(room, LOCK, true);
    world.pass(Timeline.SECOND);
    assertNull(world.node("eu-a").report(opened));
    world.pass(3 * Timeline.SECOND);
    var shown = assertInstanceOf(RoomReport.Shown.class, world.node("eu-a").report(opened));
    assertTrue(shown.settings().locked());
    assertEquals(0, shown.members().size());
  }

  @Test
  void roomIsOpenedOnceWhicheverOwnerIsAsked() {
    world.node("eu-a").order(room, LOCK, true);
    world.pass(Timeline.SECOND);
    assertEquals(Code.ROOM_EXISTS, refusal("eu-b", LOCK, true));
  }

  @Test
  void kickPutsAMemberOutOnWhateverNodeItIs() {
    Session ann = world.session("eu-b");
    ann.join(room);
    world.pass(Timeline.SECOND);
    long kicked = world.node("eu-a").order(room, new RoomOrder.Kick(ann.id(), null), false);
    world.pass(Timeline.SECOND);
    assertEquals(new RoomReport.Done(1), world.node("eu-a").report(kicked));
    assertTrue(world.node("eu-b").viewOf(room).sessions().isEmpty());
    assertEquals(1, ann.events().size());
  }

  @Test
  void closedRoomIsForgottenByAllOwners() {
    Session ann = world.session("eu-b");
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.node("eu-a").order(room, LOCK, false);
    world.pass(Timeline.SECOND);
    long closed = world.node("eu-a").order(room, new RoomOrder.Close(), false);
    world.pass(Timeline.SECOND);
    assertEquals(new RoomReport.Done(1), world.node("eu-a").report(closed));
    assertEquals(Code.NO_SUCH_ROOM, refusal("eu-c", new RoomOrder.Show(), false));
    world.checkEqual(room);
  }

  @Test
  void nodeThatIsNoOwnerPassesOrdersOn() {
    Session ann = world.session("eu-a");
    ann.join(room);
    world.pass(Timeline.SECOND);
    Node edge = world.node("eu-d");
    long shown = edge.order(room, new RoomOrder.Show(), false);
    long locked = edge.order(room, LOCK, false);
    world.pass(Timeline.SECOND);
    var before = assertInstanceOf(RoomReport.Shown.class, edge.report(shown));
    assertEquals(ann.id(), before.members().getFirst().session());
    assertFalse(before.settings().locked());
    assertTrue(assertInstanceOf(RoomReport.Shown.class, edge.report(locked)).settings().locked());
    assertEquals(Code.ROOM_EXISTS, refusal("eu-d", LOCK, true));
    long kicked = edge.order(room, new RoomOrder.Kick(ann.id(), null), false);
    world.pass(Timeline.SECOND);
    assertEquals(new RoomReport.Done(1), edge.report(kicked));
    long opened = edge.order(world.roomOf("eu-b"), LOCK, true);
    world.pass(Timeline.SECOND);
    assertInstanceOf(RoomReport.Shown.class, edge.report(opened));
    assertNull(edge.replica(room));
  }

  @Test
  void roomThatIsNowhereIsSaidNotToBeByItsOwner() {
    assertEquals(Code.NO_SUCH_ROOM, refusal("eu-d", new RoomOrder.Show(), false));
  }

  @Test
  void ownerThatDoesNotServeYetPassesOrdersOn() {
    world.session("eu-a").join(room);
    world.pass(Timeline.SECOND);
    world.kill("eu-b", false);
    world.pass(Timeline.SECOND);
    world.restart("eu-b");
    Node fresh = world.node("eu-b");
    world.pass(3 * Timeline.MILLI);
    long shown = fresh.order(room, new RoomOrder.Show(), false);
    world.pass(Timeline.SECOND);
    assertInstanceOf(RoomReport.Shown.class, fresh.report(shown));
  }

  @Test
  void orderWhoseOwnerDiesMayHaveBeenDone() {
    world.session("eu-b").join(room);
    world.pass(Timeline.SECOND);
    Node edge = world.node("eu-d");
    long locked = edge.order(room, LOCK, false);
    long shown = edge.order(room, new RoomOrder.Show(), false);
    world.kill("eu-a", true);
    world.pass(Timeline.SECOND);
    assertEquals(
        Code.INDETERMINATE, assertInstanceOf(RoomReport.Refused.class, edge.report(locked)).code());
    assertInstanceOf(RoomReport.Shown.class, edge.report(shown));
  }

  @Test
  void withoutAnyOwnerOrdersAreToComeAgain() {
    List.of("eu-a", "eu-b", "eu-c").forEach(owner -> world.kill(owner, true));
    world.pass(Timeline.SECOND);
    assertEquals(Code.BUSY, refusal("eu-d", new RoomOrder.Show(), false));
  }

  private Code refusal(String node, RoomOrder order, boolean opens) {
    long ticket = world.node(node).order(room, order, opens);
    world.pass(Timeline.SECOND);
    return assertInstanceOf(RoomReport.Refused.class, world.node(node).report(ticket)).code();
  }
}
