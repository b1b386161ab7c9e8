package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Chatted;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.MemberEvent;
import dev.starling.core.protocol.ServerMessage.MuteRequested;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ModerationTest {
  private static final String ROOM = "r";

  private final World world = new World();
  private final Client mod = world.moderator("mod", ROOM);
  private final Client bob = world.member("bob", ROOM);
  private final Client eve = world.member("eve", ROOM);

  @Test
  void onlyModeratorsDecide() {
    for (Action action : Action.values()) {
      long id = bob.moderate(ROOM, action, eve);
      world.settle();
      assertEquals(Code.FORBIDDEN, bob.refusal(id), action.name());
    }
    assertTrue(inside(eve));
  }

  @Test
  void moderatorDecidesOnlyInItsRooms() {
    Client sue = world.moderator("sue", "elsewhere");
    long id = sue.moderate(ROOM, Action.KICK, eve);
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, sue.refusal(id));
    assertTrue(inside(eve));
  }

  @Test
  void kickedMemberIsOutAndEverybodyIsToldWhy() {
    long id = decide(Action.KICK, eve);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    assertFalse(inside(eve));
    for (Client client : List.of(mod, bob, eve)) {
      assertOut(client, eve, LeaveReason.KICKED);
    }
  }

  @Test
  void kickedMemberHasNoPartInTheRoomAnyMore() {
    decide(Action.KICK, eve);
    long signal = eve.signal(ROOM, bob, "hi");
    long chat = eve.chat(ROOM, "hi");
    long toHer = bob.signal(ROOM, eve, "hi");
    bob.chat(ROOM, "hi");
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(signal));
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(chat));
    assertEquals(Code.NO_SUCH_MEMBER, bob.refusal(toHer));
    assertEquals(List.of(), eve.received(Chatted.class));
    assertTrue(eve.connected());
  }

  @Test
  void kickedMemberMayComeBack() {
    decide(Action.KICK, eve);
    long id = eve.join(ROOM);
    world.settle();
    assertInstanceOf(Joined.class, eve.answer(id));
    long signal = eve.signal(ROOM, bob, "again");
    world.settle();
    assertNull(eve.refusal(signal));
    assertEquals(List.of("again"), bob.signals());
  }

  @Test
  void joinOnItsWayWhileKickedLetsInAgain() {
    mod.moderate(ROOM, Action.KICK, eve);
    long join = eve.join(ROOM);
    world.settle();
    assertInstanceOf(Joined.class, eve.answer(join));
    long chat = eve.chat(ROOM, "here");
    world.settle();
    assertNull(eve.refusal(chat));
    assertTrue(inside(eve));
  }

  @Test
  void joinAnsweredBeforeAKickDoesNotUndoIt() {
    Client zoe = world.client("zoe");
    long join = zoe.join(ROOM);
    world.settle();
    decide(Action.KICK, zoe);
    zoe.joinAgain(join, ROOM);
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, zoe.lastRefusal(join));
    assertFalse(inside(zoe));
  }

  @Test
  void memberKickedWhileAwayLearnsItOnResume() {
    eve.line().cut();
    decide(Action.KICK, eve);
    eve.connect();
    world.settle();
    assertEquals(List.of(), eve.welcome().rooms());
    assertOut(eve, eve, LeaveReason.KICKED);
  }

  @Test
  void repeatedKickHasNoSecondEffect() {
    long id = decide(Action.KICK, eve);
    eve.join(ROOM);
    world.settle();
    mod.ask(new ClientMessage.Moderate(id, ROOM, Action.KICK, eve.session(), null, null));
    world.settle();
    assertEquals(new Done(id, 1, null), mod.answers(id).getLast());
    assertTrue(inside(eve));
  }

  @Test
  void moderatorMayPutItselfOut() {
    long id = decide(Action.KICK, mod);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    assertFalse(inside(mod));
  }

  @Test
  void unknownTargetIsNoMember() {
    Client zoe = world.client("zoe");
    for (Action action : List.of(Action.KICK, Action.BAN, Action.MUTE, Action.ADMIT, Action.DENY)) {
      assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(action, zoe)), action.name());
      assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(action, null)), action.name());
    }
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.UNBAN, null)));
  }

  @Test
  void mutedMemberAloneIsAskedTo() {
    long id = decide(Action.MUTE, eve);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    MuteRequested request = new MuteRequested(ROOM, mod.session());
    assertEquals(List.of(request), eve.received(MuteRequested.class));
    assertEquals(List.of(), bob.received(MuteRequested.class));
    assertTrue(inside(eve));
  }

  @Test
  void closedRoomPutsEverybodyOut() {
    long id = decide(Action.CLOSE, null);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    assertEquals(List.of(), world.node().view(ROOM).sessions());
    for (Client client : List.of(mod, bob, eve)) {
      assertOut(client, client, LeaveReason.CLOSED);
    }
  }

  @Test
  void closingTurnsAwayWhoWaits() {
    mod.configure(ROOM, Changes.lobby(true));
    Client zoe = world.client("zoe");
    long id = zoe.join(ROOM);
    world.settle();
    decide(Action.CLOSE, null);
    assertEquals(Code.DENIED, zoe.lastRefusal(id));
  }

  @Test
  void closedRoomCanBeUsedAgain() {
    decide(Action.CLOSE, null);
    for (Client client : List.of(mod, bob, eve)) {
      client.join(ROOM);
    }
    world.settle();
    assertTrue(bob.sees(ROOM, eve.session()));
    assertTrue(eve.sees(ROOM, mod.session()));
    bob.signal(ROOM, eve, "hi");
    world.settle();
    assertEquals(List.of("hi"), eve.signals());
  }

  private long decide(Action action, @Nullable Client about) {
    long id = mod.moderate(ROOM, action, about);
    world.settle();
    return id;
  }

  private boolean inside(Client client) {
    return world.node().view(ROOM).contains(client.session());
  }

  private static void assertOut(Client told, Client who, LeaveReason reason) {
    MemberChanged change = told.received(MemberChanged.class).getLast();
    assertEquals(MemberEvent.LEFT, change.event());
    assertEquals(who.session(), change.member().session());
    assertEquals(reason, change.reason());
  }
}
