package dev.starling.proto.replication.flock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import org.junit.jupiter.api.Test;

/** Disks that can be read only after their nodes serve again. */
final class LateDiskTest {
  private final World world = new World(new Choices(6)).region("eu", 5, 1).start();
  private final String room = world.roomOf("eu-a");

  @Test
  void whatIsReadLateIsMergedWithWhatHappenedMeanwhile() {
    Session ann = world.session("eu-f");
    ann.join(room);
    ann.say(room, "before");
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.kill(node.name(), true));
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.restartWithoutDisk(node.name()));
    world.pass(10 * Timeline.SECOND);
    Session ben = world.session("eu-f");
    ben.join(room);
    ben.say(room, "meanwhile");
    world.pass(Timeline.SECOND);
    assertEquals(1, world.state(world.node("eu-a"), room).chat().size());
    world.node("eu-a").readDisk();
    world.pass(Timeline.SECOND);
    world
        .owners(room)
        .forEach(owner -> assertEquals(2, world.state(owner, room).chat().size(), owner::name));
    world.pass(10 * Timeline.SECOND);
    assertEquals(1, world.state(world.node("eu-a"), room).size());
    world.checkEqual(room);
  }

  @Test
  void whatIsReadLateOutlivesTheNextDeathOfAllNodes() {
    Session ann = world.session("eu-f");
    ann.join(room);
    ann.say(room, "before");
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.kill(node.name(), node.name().equals("eu-a")));
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.restartWithoutDisk(node.name()));
    world.pass(5 * Timeline.SECOND);
    world.node("eu-a").readDisk();
    world.pass(5 * Timeline.SECOND);
    world.nodes().forEach(node -> world.kill(node.name(), !node.name().equals("eu-a")));
    world.pass(Timeline.SECOND);
    world.nodes().forEach(node -> world.restart(node.name()));
    world.pass(10 * Timeline.SECOND);
    assertTrue(world.owners(room).contains(world.node("eu-a")));
    assertEquals(1, world.state(world.node("eu-a"), room).chat().size());
    world.checkEqual(room);
  }
}
