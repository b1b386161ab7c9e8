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
import dev.starling.core.protocol.ServerMessage.LeaveReason;
import dev.starling.core.protocol.ServerMessage.MemberChanged;
import dev.starling.core.protocol.ServerMessage.Waiting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BanTest {
  private static final String ROOM = "r";
  private static final int MOST = 1_024;

  private final World world = new World();
  private final Client mod = world.moderator("mod", ROOM);
  private final Client eve = world.member("eve", ROOM);
  private final Client eveAgain = world.member("eve", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void everySessionOfABannedUserIsPutOut() {
    long id = decide(Action.BAN, "eve", null);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    for (Client session : new Client[] {eve, eveAgain}) {
      assertFalse(inside(session));
      assertFalse(bob.sees(ROOM, session.session()));
      MemberChanged told = session.received(MemberChanged.class).getLast();
      assertTrue(told.putsOut(session.session()));
      assertEquals(LeaveReason.BANNED, told.reason());
    }
    assertEquals(LeaveReason.BANNED, bob.received(MemberChanged.class).getLast().reason());
    assertTrue(inside(bob));
  }

  @Test
  void memberIsBannedWithAllSessionsOfItsUser() {
    mod.moderate(ROOM, Action.BAN, eve);
    world.settle();
    assertFalse(inside(eveAgain));
    assertEquals(Code.BANNED, knock(eve));
    assertEquals(Code.BANNED, knock(eveAgain));
    assertEquals(Code.BANNED, knock(world.client("eve")));
  }

  @Test
  void banHoldsForModeratorsToo() {
    decide(Action.BAN, "sue", null);
    assertFalse(inside(world.moderator("sue", ROOM)));
  }

  @Test
  void userMayBeBannedBeforeItComes() {
    decide(Action.BAN, "zoe", null);
    assertEquals(Code.BANNED, knock(world.client("zoe")));
    assertNull(knock(world.client("zac")));
  }

  @Test
  void banWithAnEndEnds() {
    decide(Action.BAN, "eve", 3L);
    world.pass(3 * Timeline.SECONDS - Timeline.MILLIS);
    assertEquals(Code.BANNED, knock(eve));
    world.pass(Timeline.MILLIS);
    assertNull(knock(eve));
    assertTrue(inside(eve));
  }

  @Test
  void banForGoodDoesNotEnd() {
    decide(Action.BAN, "eve", null);
    world.pass(30 * Timeline.SECONDS);
    assertEquals(Code.BANNED, knock(eve));
  }

  @Test
  void laterBanReplacesTheFormer() {
    decide(Action.BAN, "eve", null);
    decide(Action.BAN, "eve", 1L);
    world.pass(Timeline.SECONDS);
    assertNull(knock(eve));
  }

  @Test
  void unbannedUserMayComeBack() {
    decide(Action.BAN, "eve", null);
    long id = decide(Action.UNBAN, "eve", null);
    assertEquals(new Done(id, 1, null), mod.answer(id));
    assertNull(knock(eve));
    assertNull(knock(eveAgain));
  }

  @Test
  void nobodyIsUnbannedWhoIsNotBanned() {
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.UNBAN, "eve", null)));
    decide(Action.BAN, "eve", 1L);
    world.pass(Timeline.SECONDS);
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(decide(Action.UNBAN, "eve", null)));
  }

  @Test
  void repeatedBanDoesNotUndoALaterUnban() {
    long id = decide(Action.BAN, "eve", null);
    decide(Action.UNBAN, "eve", null);
    mod.ask(new ClientMessage.Moderate(id, ROOM, Action.BAN, null, "eve", null));
    world.settle();
    assertEquals(new Done(id, 1, null), mod.answers(id).getLast());
    assertNull(knock(eve));
  }

  @Test
  void banReachesWhoWaits() {
    Client zoe = waiting();
    decide(Action.BAN, "zoe", null);
    assertEquals(Code.BANNED, zoe.lastRefusal(1));
    long admit = mod.moderate(ROOM, Action.ADMIT, zoe);
    world.settle();
    assertEquals(Code.NO_SUCH_MEMBER, mod.refusal(admit));
  }

  @Test
  void whoWaitsMayBeBannedByItsId() {
    Client zoe = waiting();
    long ban = mod.moderate(ROOM, Action.BAN, zoe);
    world.settle();
    assertEquals(new Done(ban, 1, null), mod.answer(ban));
    assertEquals(Code.BANNED, zoe.lastRefusal(1));
    assertEquals(Code.BANNED, knock(zoe));
  }

  @Test
  void bansAreBounded() {
    fill(null);
    assertEquals(Code.BUSY, mod.refusal(decide(Action.BAN, "eve", null)));
    assertTrue(inside(eve));
    assertNull(mod.refusal(decide(Action.BAN, "u1", 5L)));
    decide(Action.UNBAN, "u2", null);
    assertNull(mod.refusal(decide(Action.BAN, "eve", null)));
  }

  @Test
  void endedBansMakeRoomForNewOnes() {
    fill(1L);
    world.pass(Timeline.SECONDS);
    assertNull(mod.refusal(decide(Action.BAN, "eve", null)));
    assertFalse(inside(eve));
  }

  private void fill(@Nullable Long seconds) {
    for (int user = 0; user < MOST; user++) {
      decide(Action.BAN, "u" + user, seconds);
    }
  }

  private Client waiting() {
    mod.configure(ROOM, Changes.lobby(true));
    Client zoe = world.client("zoe");
    long id = zoe.join(ROOM);
    world.settle();
    assertInstanceOf(Waiting.class, zoe.answer(id));
    return zoe;
  }

  private long decide(Action action, String user, @Nullable Long seconds) {
    long id = mod.moderateUser(ROOM, action, user, seconds);
    world.settle();
    return id;
  }

  private @Nullable Code knock(Client client) {
    long id = client.join(ROOM);
    world.settle();
    return client.refusal(id);
  }

  private boolean inside(Client client) {
    return world.node().view(ROOM).contains(client.session());
  }
}
