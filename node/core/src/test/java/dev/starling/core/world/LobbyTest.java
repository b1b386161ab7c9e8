package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.ClientMessage.Action;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.Knocked;
import dev.starling.core.protocol.ServerMessage.Waiting;
import dev.starling.crdt.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LobbyTest {
  private static final String ROOM = "r";
  private static final int CAPACITY = 64;

  private final World world = new World();
  private final Client mod = world.moderator("mod", ROOM);
  private final Client bob = world.member("bob", ROOM);
  private final Client eve = world.client("eve");

  LobbyTest() {
    mod.configure(ROOM, Changes.lobby(true));
    world.settle();
  }

  @Test
  void newcomerWaitsAndModeratorsAreTold() {
    long id = knock(eve);
    assertEquals(new Waiting(id), eve.answer(id));
    assertFalse(inside(eve));
    Knocked knock = new Knocked(ROOM, eve.session(), "eve", Content.EMPTY_OBJECT);
    assertEquals(List.of(knock), mod.received(Knocked.class));
    assertEquals(List.of(), bob.received(Knocked.class));
  }

  @Test
  void moderatorWhoComesLaterIsToldWhoWaits() {
    knock(eve);
    Client sue = world.moderator("sue", ROOM);
    assertEquals(eve.session(), sue.received(Knocked.class).getFirst().member());
    assertEquals(1, mod.received(Knocked.class).size());
  }

  @Test
  void moderatorWhoAsksForTheStateIsToldWhoWaits() {
    knock(eve);
    mod.join(ROOM);
    world.settle();
    assertEquals(2, mod.received(Knocked.class).size());
  }

  @Test
  void moderatorsSkipTheLobby() {
    Client sue = world.moderator("sue", ROOM);
    assertTrue(inside(sue));
    assertEquals(List.of(), sue.received(Waiting.class));
    assertEquals(List.of(), mod.received(Knocked.class));
  }

  @Test
  void whoIsInAlreadyDoesNotWait() {
    long id = knock(bob);
    assertInstanceOf(Joined.class, bob.answer(id));
  }

  @Test
  void admittedOneIsAnsweredUnderTheIdOfItsJoin() {
    long id = knock(eve);
    long admit = decide(Action.ADMIT, eve);
    assertEquals(new Done(admit, 1, null), mod.answer(admit));
    assertInstanceOf(Joined.class, eve.answers(id).getLast());
    assertTrue(inside(eve));
    assertTrue(bob.sees(ROOM, eve.session()));
  }

  @Test
  void deniedOneStaysOutsideAndMayKnockAgain() {
    long id = knock(eve);
    decide(Action.DENY, eve);
    assertEquals(Code.DENIED, eve.lastRefusal(id));
    assertFalse(inside(eve));
    assertEquals(new Waiting(id + 1), eve.answer(knock(eve)));
  }

  @Test
  void repeatOfADeniedJoinIsNoSecondKnock() {
    long id = knock(eve);
    decide(Action.DENY, eve);
    eve.joinAgain(id, ROOM);
    world.settle();
    assertEquals(Code.DENIED, eve.lastRefusal(id));
    assertEquals(1, mod.received(Knocked.class).size());
  }

  @Test
  void repeatedJoinKeepsWaitingAndIsOneKnock() {
    long id = knock(eve);
    eve.joinAgain(id, ROOM);
    world.settle();
    assertEquals(List.of(new Waiting(id), new Waiting(id)), eve.answers(id));
    assertEquals(1, mod.received(Knocked.class).size());
  }

  @Test
  void newerJoinTakesThePlaceOfTheOlder() {
    long former = knock(eve);
    long id = knock(eve);
    assertEquals(Code.OUT_OF_ORDER, eve.lastRefusal(former));
    decide(Action.ADMIT, eve);
    assertInstanceOf(Joined.class, eve.answers(id).getLast());
    assertEquals(1, mod.received(Knocked.class).size());
  }

  @Test
  void requestsOfOneWhoWaitsAreRefused() {
    knock(eve);
    long chat = eve.chat(ROOM, "hi");
    long signal = eve.signal(ROOM, bob, "hi");
    world.settle();
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(chat));
    assertEquals(Code.NOT_IN_ROOM, eve.refusal(signal));
    decide(Action.ADMIT, eve);
    assertNull(eve.lastRefusal(knock(eve)));
  }

  @Test
  void onlyModeratorsAdmitAndDeny() {
    knock(eve);
    for (Action action : List.of(Action.ADMIT, Action.DENY)) {
      long id = bob.moderate(ROOM, action, eve);
      world.settle();
      assertEquals(Code.FORBIDDEN, bob.refusal(id));
    }
    assertFalse(inside(eve));
  }

  @Test
  void nobodyIsAdmittedWhoDoesNotWait() {
    for (Client who : new Client[] {eve, bob, null}) {
      assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, who)));
      assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.DENY, who)));
    }
  }

  @Test
  void repeatedAdmissionHasNoSecondEffect() {
    knock(eve);
    long admit = decide(Action.ADMIT, eve);
    eve.leave(ROOM);
    knock(eve);
    mod.ask(new ClientMessage.Moderate(admit, ROOM, Action.ADMIT, eve.session(), null, null));
    world.settle();
    assertEquals(new Done(admit, 1, null), mod.answers(admit).getLast());
    assertFalse(inside(eve));
  }

  @Test
  void whoLeavesWaitsNoLonger() {
    long id = knock(eve);
    long leave = eve.leave(ROOM);
    world.settle();
    assertEquals(new Done(leave, 1, null), eve.answer(leave));
    assertEquals(Code.NOT_IN_ROOM, eve.lastRefusal(id));
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
    assertInstanceOf(Waiting.class, eve.answer(knock(eve)));
  }

  @Test
  void whoseSessionEndsWaitsNoLonger() {
    knock(eve);
    eve.line().hangUp();
    world.settle();
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
  }

  @Test
  void whoStaysAwayWaitsNoLonger() {
    knock(eve);
    eve.line().cut();
    world.pass(2 * Bounds.GRACE);
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
  }

  @Test
  void whoWasAdmittedWhileAwayIsInOnResume() {
    long id = knock(eve);
    eve.line().cut();
    decide(Action.ADMIT, eve);
    eve.connect();
    world.settle();
    assertEquals(List.of(ROOM), eve.welcome().rooms());
    eve.joinAgain(id, ROOM);
    world.settle();
    assertInstanceOf(Joined.class, eve.answers(id).getLast());
  }

  @Test
  void whoWasDeniedWhileAwayIsToldOnRepeat() {
    long id = knock(eve);
    eve.line().cut();
    decide(Action.DENY, eve);
    eve.connect();
    world.settle();
    eve.joinAgain(id, ROOM);
    world.settle();
    assertEquals(Code.DENIED, eve.lastRefusal(id));
  }

  @Test
  void waitingDoesNotCountAsMember() {
    mod.configure(ROOM, Changes.limit(3));
    Client zoe = world.client("zoe");
    long first = knock(eve);
    long second = knock(zoe);
    decide(Action.ADMIT, zoe);
    decide(Action.ADMIT, eve);
    assertInstanceOf(Joined.class, zoe.answers(second).getLast());
    assertEquals(Code.ROOM_FULL, eve.lastRefusal(first));
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
  }

  @Test
  void fullLobbyIsBusy() {
    for (int number = 0; number < CAPACITY; number++) {
      knock(world.client("u" + number));
    }
    assertEquals(Code.BUSY, eve.refusal(knock(eve)));
    assertEquals(CAPACITY, mod.received(Knocked.class).size());
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
  }

  @Test
  void lobbyThatIsSwitchedOffLetsInWhoWaits() {
    Client zoe = world.client("zoe");
    mod.configure(ROOM, Changes.limit(3));
    long first = knock(eve);
    long second = knock(zoe);
    mod.configure(ROOM, Changes.lobby(false));
    world.settle();
    assertInstanceOf(Joined.class, eve.answers(first).getLast());
    assertEquals(Code.ROOM_FULL, zoe.lastRefusal(second));
  }

  @Test
  void refusalOfARepeatedJoinEndsTheWaiting() {
    knock(eve);
    mod.configure(ROOM, Changes.locked(true));
    world.settle();
    assertEquals(Code.LOCKED, eve.refusal(knock(eve)));
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.ADMIT, eve)));
    assertFalse(inside(eve));
  }

  @Test
  void passwordIsAskedBeforeTheLobby() {
    mod.configure(ROOM, Changes.password("p"));
    world.settle();
    assertEquals(Code.WRONG_PASSWORD, eve.refusal(knock(eve)));
    long id = eve.join(ROOM, "p");
    world.settle();
    assertEquals(new Waiting(id), eve.answer(id));
  }

  @Test
  void whoWaitsInAForsakenRoomIsTurnedAwayInTheEnd() {
    mod.leave(ROOM);
    bob.leave(ROOM);
    world.settle();
    long id = knock(eve);
    world.pass(Bounds.VACANT);
    assertEquals(Code.DENIED, eve.lastRefusal(id));
    assertFalse(world.node().hasRoom(ROOM));
  }

  private long knock(Client client) {
    long id = client.join(ROOM);
    world.settle();
    return id;
  }

  private long decide(Action action, @Nullable Client about) {
    long id = mod.moderate(ROOM, action, about);
    world.settle();
    return id;
  }

  private boolean inside(Client client) {
    return world.node().view(ROOM).contains(client.session());
  }
}
