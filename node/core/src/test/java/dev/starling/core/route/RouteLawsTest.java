package dev.starling.core.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.List;

/**
 * Signals and broadcasts between nodes whose streams are cut at any moment: each in order, none
 * twice, none lost that was confirmed, none delivered that was refused, all answered in time.
 */
final class RouteLawsTest {
  private static final long MILLI = 1_000_000;
  private static final long WIDE = 1 << 20;

  private enum Kind {
    SIGNAL,
    BROADCAST,
    CONFIRM,
    AGAIN,
    LEAVE,
    CUT,
    NOTICE,
    CONNECT,
    MOVE,
    JAM,
    PASS
  }

  /** Something that happens, and three numbers that say to whom. */
  private record Happening(Kind kind, int one, int other, int count) {
    private static Happening draw(Choices choices) {
      Kind kind =
          choices.oneOf(
              Kind.SIGNAL,
              Kind.SIGNAL,
              Kind.SIGNAL,
              Kind.MOVE,
              Kind.MOVE,
              Kind.MOVE,
              Kind.MOVE,
              Kind.CONFIRM,
              Kind.CONFIRM,
              Kind.BROADCAST,
              Kind.AGAIN,
              Kind.CUT,
              Kind.NOTICE,
              Kind.CONNECT,
              Kind.CONNECT,
              Kind.PASS,
              choices.oneOf(Kind.JAM, Kind.LEAVE, Kind.PASS));
      return new Happening(
          kind,
          choices.between(0, RouteWorld.SESSIONS - 1),
          choices.between(0, RouteWorld.SESSIONS - 1),
          choices.between(1, 8));
    }

    private void in(RouteWorld world) {
      List<String> names = world.names();
      Stream stream = world.streams().get(one % world.streams().size());
      Stream.End end = stream.end("n" + other % RouteWorld.NODES);
      switch (kind) {
        case SIGNAL -> world.signal(names.get(one), names.get(other));
        case BROADCAST -> world.broadcast(names.get(one));
        case CONFIRM -> world.confirm(names.get(one));
        case AGAIN -> world.again(names.get(one));
        case LEAVE -> world.leave(names.get(one));
        case CUT -> stream.cut();
        case NOTICE -> world.notice(end, stream);
        case CONNECT -> world.connect(stream);
        case JAM -> end.jammed = count > 4;
        case PASS -> world.pass(80 * MILLI * count * count);
        case MOVE -> {
          for (int i = 0; i < count; i++) {
            world.move(end, stream);
          }
        }
      }
    }
  }

  @Property(tries = 2_000)
  void signalsComeInOrderOnceAndAreAnsweredAsTheyFared(Choices choices) {
    Histories.check(choices, 120, Happening::draw, history -> check(history, WIDE));
  }

  @Property(tries = 500)
  void fullRoutesRefuseAndLoseNothing(Choices choices) {
    Histories.check(choices, 120, Happening::draw, history -> check(history, 1_500));
  }

  private static void check(List<Happening> history, long maxHeldBytes) {
    RouteWorld world = new RouteWorld(maxHeldBytes);
    for (Happening happening : history) {
      happening.in(world);
      world.check();
    }
    heal(world);
    for (int round = 0; round < 200 && world.waits(); round++) {
      everythingMoves(world);
      world.pass(100 * MILLI);
      world.check();
    }
    assertFalse(world.waits(), "somebody still waits");
    everythingMoves(world);
    assertEquals(0L, world.heldBytes());
  }

  private static void heal(RouteWorld world) {
    for (Stream stream : world.streams()) {
      for (int node = 0; node < RouteWorld.NODES; node++) {
        stream.end("n" + node).jammed = false;
      }
      world.connect(stream);
    }
  }

  private static void everythingMoves(RouteWorld world) {
    for (boolean moved = true; moved; ) {
      moved = false;
      for (Stream stream : world.streams()) {
        for (int node = 0; node < RouteWorld.NODES; node++) {
          while (world.move(stream.end("n" + node), stream)) {
            moved = true;
          }
        }
      }
      world.names().forEach(world::confirm);
      for (Stream stream : world.streams()) {
        for (int node = 0; node < RouteWorld.NODES; node++) {
          moved |= !stream.end("n" + node).coming.isEmpty();
        }
      }
    }
    world.names().forEach(world::again);
  }
}
