package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.RoomPattern;
import dev.starling.core.protocol.ServerMessage.Failed;
import dev.starling.core.protocol.ServerMessage.ResumeRefusal;
import dev.starling.core.protocol.ServerMessage.Welcome;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HandshakeTest {
  private final World world = new World();

  @Test
  void helloOpensASession() {
    Client client = world.client("ann");
    Welcome welcome = client.welcome();
    assertEquals("ann", welcome.user());
    assertEquals(List.of(), welcome.rooms());
    assertFalse(welcome.resumed());
    assertNull(welcome.reason());
    assertEquals(5_000, welcome.heartbeatMillis());
    assertEquals(1_000, welcome.confirmMillis());
  }

  @Test
  void firstFrameMustBeHello() {
    Client client = world.stranger("ann");
    client.dial().say(new ClientMessage.Ping());
    world.settle();
    assertEquals(Code.HELLO_REQUIRED, client.closedWith());
    assertEquals(1, client.received(Failed.class).size());
  }

  @Test
  void garbledFirstFrameIsRefused() {
    Client client = world.stranger("ann");
    client.dial().garble(null, Code.MALFORMED);
    world.settle();
    assertEquals(Code.MALFORMED, client.closedWith());
  }

  @Test
  void silentConnectionIsClosedAfterTheHelloTime() {
    Client client = world.stranger("ann");
    client.dial();
    world.pass(Bounds.HELLO - 1);
    assertTrue(client.connected());
    world.pass(1);
    assertEquals(Code.HELLO_TIMEOUT, client.closedWith());
  }

  @Test
  void helloInTimeIsNotTimedOutLater() {
    Client client = world.client("ann");
    world.pass(Bounds.HELLO);
    assertTrue(client.connected());
  }

  @Test
  void secondHelloIsOutOfOrderAndTheConnectionStays() {
    Client client = world.client("ann");
    client.say(new ClientMessage.Hello(null, null));
    world.settle();
    assertEquals(Code.OUT_OF_ORDER, client.received(Failed.class).getFirst().code());
    assertTrue(client.connected());
  }

  @Test
  void unknownTokenIsRefused() {
    Client client = new Client(world.timeline(), world.node(), "forged");
    client.connect();
    world.settle();
    assertEquals(Code.UNAUTHENTICATED, client.closedWith());
  }

  @Test
  void expiredTokenIsRefused() {
    Client client = expiringAt(world.timeline().nowNanos());
    client.connect();
    world.settle();
    assertEquals(Code.TOKEN_EXPIRED, client.closedWith());
  }

  @Test
  void tokenThatExpiresLaterEndsTheConnectionThen() {
    Client client = expiringAt(world.timeline().nowNanos() + Timeline.SECONDS);
    client.connect();
    world.pass(Timeline.SECONDS - 1);
    assertTrue(client.connected());
    world.pass(1);
    assertEquals(Code.TOKEN_EXPIRED, client.closedWith());
  }

  @Test
  void sessionGoesOnWithAFreshTokenAfterItsOldOneExpired() {
    Client client = expiringAt(world.timeline().nowNanos() + Timeline.SECONDS);
    client.connect();
    world.pass(Timeline.SECONDS);
    Client fresh = world.stranger("ann");
    fresh.hello(new ClientMessage.Resume(client.welcome().resumeToken(), client.offset()));
    world.settle();
    assertTrue(fresh.welcome().resumed());
    assertEquals(client.session(), fresh.session());
  }

  @Test
  void expiredSessionGrantIsNotEnoughToResume() {
    Client client = expiringAt(world.timeline().nowNanos() + Timeline.SECONDS);
    client.connect();
    world.pass(Timeline.SECONDS);
    Line line = client.dial();
    line.say(new ClientMessage.Hello(null, resumeOf(client)));
    world.settle();
    assertEquals(Code.UNAUTHENTICATED, client.closedWith());
  }

  @Test
  void unknownSessionIsReplacedByANewOneThatSaysWhy() {
    Client client = world.stranger("ann");
    client.hello(new ClientMessage.Resume("s99.secret", "0"));
    world.settle();
    assertFalse(client.welcome().resumed());
    assertEquals(ResumeRefusal.UNKNOWN, client.welcome().reason());
  }

  @Test
  void resumeTokenAloneIsEnough() {
    Client client = world.client("ann");
    client.line().cut();
    client.dial().say(new ClientMessage.Hello(null, resumeOf(client)));
    world.settle();
    assertTrue(client.welcome().resumed());
  }

  @Test
  void badTokenDoesNotDisplaceALivingConnection() {
    Client client = world.client("ann");
    Client thief = new Client(world.timeline(), world.node(), "forged");
    thief.hello(resumeOf(client));
    world.settle();
    assertEquals(Code.UNAUTHENTICATED, thief.closedWith());
    assertTrue(client.connected());
  }

  @Test
  void tokenOfAnotherUserDoesNotResumeTheSession() {
    Client client = world.client("ann");
    Client other = world.stranger("bob");
    other.hello(resumeOf(client));
    world.settle();
    assertEquals(ResumeRefusal.UNKNOWN, other.welcome().reason());
    assertTrue(client.connected());
  }

  @Test
  void roomsOutsideAFreshTokenAreLeftOnResume() {
    Client ann = world.member("ann", "a-room");
    Client bob = world.member("bob", "a-room");
    ann.line().cut();
    Client narrowed =
        new Client(
            world.timeline(),
            world.node(),
            world.token("ann", new RoomPattern("b-*"), Long.MAX_VALUE));
    narrowed.hello(resumeOf(ann));
    world.settle();
    assertEquals(List.of(), narrowed.welcome().rooms());
    assertFalse(bob.sees("a-room", ann.session()));
  }

  private Client expiringAt(long nanos) {
    String token = world.token("ann", RoomPattern.ANY, nanos);
    return new Client(world.timeline(), world.node(), token);
  }

  private static ClientMessage.Resume resumeOf(Client client) {
    return new ClientMessage.Resume(client.welcome().resumeToken(), client.offset());
  }
}
