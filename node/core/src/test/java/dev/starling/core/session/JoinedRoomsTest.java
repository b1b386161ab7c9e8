package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JoinedRoomsTest {
  private static final String ROOM = "r";

  private final JoinedRooms rooms = new JoinedRooms(2);

  @Test
  void joinTakesAPlaceUntilTheRoomSaysNo() {
    rooms.entering(ROOM, 1);
    assertFalse(rooms.contains(ROOM));
    assertEquals(List.of(ROOM), rooms.all());
    rooms.refused(ROOM, 1);
    assertEquals(List.of(), rooms.all());
  }

  @Test
  void refusalOfAnotherRequestIsNoRefusalOfTheJoin() {
    rooms.entering(ROOM, 2);
    rooms.refused(ROOM, 1);
    rooms.entered(ROOM, 2);
    assertTrue(rooms.contains(ROOM));
  }

  @Test
  void refusalOfARepeatedJoinLeavesTheSessionInside() {
    rooms.entering(ROOM, 1);
    rooms.entered(ROOM, 1);
    rooms.entering(ROOM, 2);
    rooms.refused(ROOM, 2);
    assertTrue(rooms.contains(ROOM));
  }

  @Test
  void expelledSessionIsOutside() {
    rooms.entering(ROOM, 1);
    rooms.entered(ROOM, 1);
    rooms.expelled(ROOM, 5);
    assertEquals(List.of(), rooms.all());
    assertTrue(rooms.leftAfter(5, ROOM));
    assertFalse(rooms.leftAfter(6, ROOM));
  }

  @Test
  void joinThatTheRoomTakesAfterAnExpulsionCounts() {
    rooms.entering(ROOM, 1);
    rooms.entered(ROOM, 1);
    rooms.entering(ROOM, 2);
    rooms.expelled(ROOM, 2);
    assertFalse(rooms.contains(ROOM));
    rooms.entered(ROOM, 2);
    assertTrue(rooms.contains(ROOM));
  }

  @Test
  void yesThatComesAfterALeaveIsNone() {
    rooms.entering(ROOM, 1);
    rooms.leftBy(2, ROOM);
    rooms.entered(ROOM, 1);
    assertFalse(rooms.contains(ROOM));
  }
}
