package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.SettingsChange;
import dev.starling.property.Choices;
import org.junit.jupiter.api.Test;

final class LonelyStartTest {
  private final World world = new World(new Choices(4)).region("eu", 3, 0).start();
  private final String room = world.roomOf("eu-b");

  @Test
  void nodeThatSawNobodyServesOthersRoomsOnlyOnceItHasThem() {
    Session mod = world.moderator("eu-b");
    mod.join(room);
    world.pass(Timeline.SECOND);
    mod.configure(room, new SettingsChange(null, true, null, null, null));
    world.pass(Timeline.SECOND);
    world.kill("eu-a", false);
    world.pass(Timeline.SECOND);
    world.restartAlone("eu-a", Timeline.SECOND);
    world.pass(Timeline.SECOND);
    Session intruder = world.session("eu-a");
    long join = intruder.join(room);
    world.pass(Timeline.SECOND);
    Failed failed = assertInstanceOf(Failed.class, intruder.answer(join));
    assertEquals(Code.LOCKED, failed.code());
    world.checkEqual(room);
  }

  @Test
  void nodeThatIsAloneForLongTakesNobodyOutOfTheRoomsOnItsDisk() {
    Session ann = world.session("eu-b");
    ann.join(room);
    world.pass(Timeline.SECOND);
    world.kill("eu-a", true);
    world.pass(Timeline.SECOND);
    world.restartAlone("eu-a", 40 * Timeline.SECOND);
    world.pass(60 * Timeline.SECOND);
    assertNotNull(ann.members(room));
    assertEquals(1, world.state(world.node("eu-b"), room).size());
    world.checkEqual(room);
  }
}
