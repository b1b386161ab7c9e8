package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import org.junit.jupiter.api.Test;

final class HeartbeatTest {
  private final World world = new World();
  private final Client ann = world.client("ann");

  @Test
  void silenceOfTwoHeartbeatsClosesTheConnection() {
    ann.stopAnsweringPings();
    world.pass(2 * Bounds.HEARTBEAT - 1);
    assertTrue(ann.connected());
    world.pass(1);
    assertEquals(Code.IDLE, ann.closedWith());
  }

  @Test
  void nodeAsksAfterOneHeartbeatOfSilence() {
    world.pass(Bounds.HEARTBEAT - 1);
    assertFalse(pinged());
    world.pass(1);
    assertTrue(pinged());
  }

  @Test
  void clientThatAnswersPingsStays() {
    world.pass(20 * Bounds.HEARTBEAT);
    assertTrue(ann.connected());
  }

  @Test
  void anyFrameIsASignOfLife() {
    ann.stopAnsweringPings();
    for (int beat = 0; beat < 5; beat++) {
      world.pass(2 * Bounds.HEARTBEAT - 1);
      ann.say(new ClientMessage.Ping());
      world.settle();
    }
    assertTrue(ann.connected());
  }

  @Test
  void unacceptableFrameIsASignOfLifeToo() {
    ann.stopAnsweringPings();
    world.pass(2 * Bounds.HEARTBEAT - 1);
    ann.line().garble(null, Code.INVALID);
    world.pass(Bounds.HEARTBEAT);
    assertTrue(ann.connected());
  }

  @Test
  void idleSessionCanBeResumed() {
    ann.stopAnsweringPings();
    world.pass(2 * Bounds.HEARTBEAT);
    ann.connect();
    world.settle();
    assertTrue(ann.welcome().resumed());
    world.pass(Bounds.HEARTBEAT);
    assertTrue(ann.connected());
  }

  @Test
  void silentMemberIsGoneAfterTwoHeartbeatsAndTheGracePeriod() {
    Client bob = world.member("bob", "r");
    bob.stopAnsweringPings();
    world.pass(2 * Bounds.HEARTBEAT + Bounds.GRACE);
    assertFalse(world.node().view("r").contains(bob.session()));
  }

  private boolean pinged() {
    return world.timeline().trace().stream().anyMatch(line -> line.endsWith("Ping[]"));
  }
}
