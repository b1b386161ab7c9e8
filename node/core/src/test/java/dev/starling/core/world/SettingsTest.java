package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomSettings;
import dev.starling.core.protocol.ServerMessage;
import dev.starling.core.protocol.ServerMessage.Done;
import dev.starling.core.protocol.ServerMessage.Joined;
import dev.starling.core.protocol.ServerMessage.SettingsChanged;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.crdt.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private static final String ROOM = "r";
  private static final String SECRET = "s3cret";

  private final World world = new World();
  private final Client mod = world.moderator("mod", ROOM);
  private final Client bob = world.member("bob", ROOM);

  @Test
  void untouchedRoomIsOpenToAll() {
    Client eve = world.client("eve");
    Joined joined = assertInstanceOf(Joined.class, answer(eve, eve.join(ROOM)));
    assertEquals(
        new RoomSettings(10, false, false, false, List.of(), Content.EMPTY_OBJECT),
        joined.settings());
  }

  @Test
  void changeIsDoneForItsAuthorAndToldToTheOthers() {
    long id = mod.configure(ROOM, new SettingsChange(5, true, true, "p", Content.EMPTY_OBJECT));
    assertEquals(new Done(id, 1, null), answer(mod, id));
    RoomSettings told = new RoomSettings(5, true, true, true, List.of(), Content.EMPTY_OBJECT);
    assertEquals(List.of(new SettingsChanged(ROOM, told)), bob.received(SettingsChanged.class));
    assertEquals(List.of(), mod.received(SettingsChanged.class));
  }

  @Test
  void whatAChangeLeavesOutStaysAsItIs() {
    mod.configure(ROOM, Changes.limit(5));
    mod.configure(ROOM, Changes.locked(true));
    mod.configure(ROOM, Changes.metadata(Client.text("x")));
    world.settle();
    RoomSettings told = bob.received(SettingsChanged.class).getLast().settings();
    assertEquals(new RoomSettings(5, true, false, false, List.of(), Client.text("x")), told);
  }

  @Test
  void changeOfNothingIsDoneAndToldToNobody() {
    long id = mod.configure(ROOM, new SettingsChange(null, null, null, null, null));
    assertEquals(new Done(id, 1, null), answer(mod, id));
    assertEquals(List.of(), bob.received(SettingsChanged.class));
  }

  @Test
  void onlyModeratorsChangeSettings() {
    assertEquals(Code.FORBIDDEN, refusal(bob, bob.configure(ROOM, Changes.locked(true))));
    assertNull(refusal(world.client("eve"), ROOM));
  }

  @Test
  void settingsFromOutsideAreRefused() {
    long id = mod.configure("elsewhere", Changes.locked(true));
    assertEquals(Code.NOT_IN_ROOM, refusal(mod, id));
  }

  @Test
  void metadataIsBounded() {
    Content tooLarge = Client.text("x".repeat(Bounds.PROFILE_BYTES));
    assertEquals(Code.INVALID, refusal(mod, mod.configure(ROOM, Changes.metadata(tooLarge))));
  }

  @Test
  void repeatedChangeDoesNotUndoALaterOne() {
    long id = mod.configure(ROOM, Changes.locked(true));
    mod.configure(ROOM, Changes.locked(false));
    world.settle();
    mod.ask(new ClientMessage.Settings(id, ROOM, Changes.locked(true)));
    world.settle();
    assertEquals(new Done(id, 1, null), mod.answers(id).getLast());
    assertEquals(2, bob.received(SettingsChanged.class).size());
    assertNull(refusal(world.client("eve"), ROOM));
  }

  @Test
  void limitHoldsForModeratorsToo() {
    mod.configure(ROOM, Changes.limit(2));
    world.settle();
    assertEquals(Code.ROOM_FULL, refusal(world.client("eve"), ROOM));
    assertEquals(Code.ROOM_FULL, refusal(moderator("sue"), ROOM));
  }

  @Test
  void limitBelowThePresentSizePutsNobodyOut() {
    mod.configure(ROOM, Changes.limit(1));
    world.settle();
    assertTrue(world.node().view(ROOM).contains(bob.session()));
    assertEquals(Code.ROOM_FULL, refusal(world.client("eve"), ROOM));
    bob.leave(ROOM);
    world.settle();
    assertEquals(Code.ROOM_FULL, refusal(bob, ROOM));
  }

  @Test
  void raisedLimitLetsInAgain() {
    mod.configure(ROOM, Changes.limit(2));
    world.settle();
    assertEquals(Code.ROOM_FULL, refusal(world.client("eve"), ROOM));
    mod.configure(ROOM, Changes.limit(3));
    world.settle();
    assertNull(refusal(world.client("eve"), ROOM));
  }

  @Test
  void limitIsNeverAboveTheServersOwn() {
    mod.configure(ROOM, Changes.limit(1_000));
    world.settle();
    assertEquals(10, bob.received(SettingsChanged.class).getLast().settings().limit());
  }

  @Test
  void lockedRoomTakesModeratorsOnly() {
    mod.configure(ROOM, Changes.locked(true));
    world.settle();
    assertEquals(Code.LOCKED, refusal(world.client("eve"), ROOM));
    assertNull(refusal(moderator("sue"), ROOM));
    mod.configure(ROOM, Changes.locked(false));
    world.settle();
    assertNull(refusal(world.client("eve"), ROOM));
  }

  @Test
  void memberOfALockedRoomMayAskForItsState() {
    mod.configure(ROOM, Changes.locked(true));
    world.settle();
    assertNull(refusal(bob, ROOM));
  }

  @Test
  void passwordIsAskedOfEverybodyButModerators() {
    mod.configure(ROOM, Changes.password(SECRET));
    world.settle();
    Client eve = world.client("eve");
    assertEquals(Code.WRONG_PASSWORD, refusal(eve, eve.join(ROOM)));
    assertEquals(Code.WRONG_PASSWORD, refusal(eve, eve.join(ROOM, "S3cret")));
    assertFalse(world.node().view(ROOM).contains(eve.session()));
    assertNull(refusal(eve, eve.join(ROOM, SECRET)));
    assertNull(refusal(moderator("sue"), ROOM));
  }

  @Test
  void newPasswordReplacesTheOldOne() {
    mod.configure(ROOM, Changes.password("old"));
    mod.configure(ROOM, Changes.password(SECRET));
    world.settle();
    Client eve = world.client("eve");
    assertEquals(Code.WRONG_PASSWORD, refusal(eve, eve.join(ROOM, "old")));
    assertNull(refusal(eve, eve.join(ROOM, SECRET)));
  }

  @Test
  void emptyPasswordIsNone() {
    mod.configure(ROOM, Changes.password(SECRET));
    mod.configure(ROOM, Changes.password(""));
    world.settle();
    assertFalse(bob.received(SettingsChanged.class).getLast().settings().password());
    assertNull(refusal(world.client("eve"), ROOM));
  }

  @Test
  void passwordIsNeitherToldNorNoted() {
    mod.configure(ROOM, Changes.password(SECRET));
    world.settle();
    Client eve = world.client("eve");
    eve.join(ROOM, SECRET);
    world.settle();
    assertTrue(bob.received(SettingsChanged.class).getLast().settings().password());
    assertFalse(world.timeline().trace().toString().contains(SECRET));
    assertFalse(bob.received().toString().contains(SECRET));
  }

  @Test
  void settingsLastAsLongAsTheRoomIsKept() {
    mod.configure(ROOM, Changes.locked(true));
    mod.leave(ROOM);
    bob.leave(ROOM);
    world.pass(Bounds.VACANT - 1);
    assertEquals(Code.LOCKED, refusal(bob, ROOM));
    world.pass(1);
    assertNull(refusal(bob, ROOM));
  }

  @Test
  void settingsMissedWhileAwayAreReplayed() {
    bob.line().cut();
    mod.configure(ROOM, Changes.limit(4));
    world.settle();
    bob.connect();
    world.settle();
    assertEquals(4, bob.received(SettingsChanged.class).getLast().settings().limit());
  }

  private Client moderator(String user) {
    Client client = new Client(world.timeline(), world.node(), world.moderatorToken(user));
    client.connect();
    world.settle();
    return client;
  }

  private ServerMessage answer(Client client, long id) {
    world.settle();
    return client.answer(id);
  }

  private @Nullable Code refusal(Client client, long id) {
    world.settle();
    return client.refusal(id);
  }

  private @Nullable Code refusal(Client client, String room) {
    return refusal(client, client.join(room));
  }
}
