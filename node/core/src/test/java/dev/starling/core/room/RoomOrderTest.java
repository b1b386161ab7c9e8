package dev.starling.core.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Announced;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.core.room.RoomReport.Done;
import dev.starling.core.room.RoomReport.Refused;
import dev.starling.core.room.RoomReport.Shown;
import dev.starling.crdt.Bytes;
import dev.starling.crdt.Content;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.Member;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the application asks of a room from outside. */
final class RoomOrderTest {
  private static final Content DATA = Content.json(Bytes.utf8("1"));
  private static final long VACANT_NANOS = 100;

  private final RoomCore room =
      new RoomCore(
          "r", new ReplicaId("n", 1), new RoomConfig(8, 8, 8, VACANT_NANOS), new HybridClock(), 0);
  private final List<RoomOutput> outputs = new ArrayList<>();

  @Test
  void announcementGoesToThoseThatAreNamed() {
    enter("a1", "ann");
    enter("a2", "ann");
    enter("b1", "bob");
    assertEquals(new Done(3), order(new RoomOrder.Announce(null, null, DATA)));
    assertEquals(List.of("a1", "a2", "b1"), announced());
    assertEquals(new Done(2), order(new RoomOrder.Announce(null, "ann", DATA)));
    assertEquals(List.of("a1", "a2"), announced());
    assertEquals(new Done(1), order(new RoomOrder.Announce("b1", null, DATA)));
    assertEquals(List.of("b1"), announced());
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Announce("b1", "ann", DATA)));
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Announce("c1", null, DATA)));
  }

  @Test
  void announcementToAnEmptyRoomReachesNobody() {
    assertEquals(new Done(0), order(new RoomOrder.Announce(null, null, DATA)));
  }

  @Test
  void allSessionsOfAUserAreKicked() {
    enter("a1", "ann");
    enter("a2", "ann");
    enter("b1", "bob");
    assertEquals(new Done(2), order(new RoomOrder.Kick(null, "ann")));
    assertEquals(List.of("b1"), members());
    assertEquals(2, told("b1", LeaveReason.KICKED));
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Kick("a1", null)));
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Kick(null, "ann")));
  }

  @Test
  void userIsBannedByNameOrBySessionAndStaysOutUntilItIsUnbanned() {
    enter("a1", "ann");
    assertEquals(new Done(1), order(new RoomOrder.Ban("a1", null, null)));
    assertEquals(new Done(0), order(new RoomOrder.Ban(null, "bob", 5L)));
    assertEquals(Code.BANNED, turnedAway("a2", "ann"));
    assertEquals(Code.BANNED, turnedAway("b1", "bob"));
    assertEquals(new Done(0), order(new RoomOrder.Unban("ann")));
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Unban("ann")));
    enter("a2", "ann");
    assertEquals(List.of("a2"), members());
    assertEquals(Code.NO_SUCH_MEMBER, refused(new RoomOrder.Ban("x", null, null)));
  }

  @Test
  void roomTakesNoMoreBansThanItMay() {
    for (int number = 0; number < 1024; number++) {
      assertEquals(new Done(0), order(new RoomOrder.Ban(null, "u" + number, null)));
    }
    assertEquals(Code.BUSY, refused(new RoomOrder.Ban(null, "one more", null)));
    assertEquals(new Done(0), order(new RoomOrder.Ban(null, "u7", 5L)));
  }

  @Test
  void settingsAreChangedAndWhoeverWaitedEntersWhereTheLobbyIsOff() {
    Shown shown = configure(new SettingsChange(2, null, true, null, null));
    assertEquals(2, shown.settings().limit());
    enter("a1", "ann");
    assertTrue(
        outputs.stream()
            .anyMatch(o -> o instanceof RoomOutput.Answer a && a.message() instanceof Waiting));
    assertEquals(1, show().waiting());
    configure(new SettingsChange(null, null, false, null, null));
    assertEquals(List.of("a1"), members());
    assertEquals(0, show().waiting());
  }

  @Test
  void closedRoomIsVacantAtOnceAndItsLobbyTurnedAway() {
    configure(new SettingsChange(null, null, true, null, null));
    enter("a1", "ann");
    outputs.clear();
    assertEquals(new Done(0), order(new RoomOrder.Close()));
    assertEquals(
        List.of(RoomOutput.Answer.class, RoomOutput.Vacant.class),
        outputs.stream().map(Object::getClass).toList());
    assertEquals(Code.DENIED, failure());
  }

  @Test
  void roomThatWasOnlySetUpIsKeptForAsLongAsAnEmptyOne() {
    configure(new SettingsChange(null, null, null, null, Content.EMPTY_OBJECT));
    room.wake(VACANT_NANOS - 1, outputs::add);
    assertFalse(outputs.contains(new RoomOutput.Vacant("r")));
    room.wake(VACANT_NANOS, outputs::add);
    assertTrue(outputs.contains(new RoomOutput.Vacant("r")));
  }

  private RoomReport order(RoomOrder order) {
    outputs.clear();
    return room.order(order, 0, 1000, outputs::add);
  }

  private @Nullable Code refused(RoomOrder order) {
    return assertInstanceOf(Refused.class, order(order)).code();
  }

  private Shown configure(SettingsChange change) {
    return assertInstanceOf(Shown.class, order(new RoomOrder.Configure(change)));
  }

  private Shown show() {
    return assertInstanceOf(Shown.class, room.order(new RoomOrder.Show(), 0, 1000, o -> {}));
  }

  private List<String> members() {
    return show().members().stream().map(Member::session).toList();
  }

  private List<String> announced() {
    return outputs.stream()
        .filter(o -> o instanceof RoomOutput.Tell tell && tell.event() instanceof Announced)
        .map(o -> ((RoomOutput.Tell) o).session())
        .toList();
  }

  private long told(String session, LeaveReason reason) {
    return outputs.stream()
        .filter(o ->
            o instanceof RoomOutput.Tell tell
                && tell.session().equals(session)
                && tell.event() instanceof MemberChanged change
                && change.reason() == reason)
        .count();
  }

  private Code turnedAway(String session, String user) {
    outputs.clear();
    enter(session, user);
    return failure();
  }

  private Code failure() {
    return outputs.stream()
        .filter(o -> o instanceof RoomOutput.Answer answer && answer.message() instanceof Failed)
        .map(o -> ((Failed) ((RoomOutput.Answer) o).message()).code())
        .findFirst()
        .orElseThrow();
  }

  private void enter(String session, String user) {
    RoomRequest.Occupant occupant =
        new RoomRequest.Occupant(user, Role.MEMBER, new ReplicaId("n", 1), "g", 1);
    room.step(
        new RoomRequest.Enter(session, 1, occupant, Content.EMPTY_OBJECT, null),
        List.of(),
        0,
        1000,
        outputs::add);
  }
}
