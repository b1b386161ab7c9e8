package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.at;
import static dev.starling.crdt.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Flock.Operation;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeltaBufferTest {
  private static final DeltaBuffer.Lattice<TreeSet<Integer>> SETS =
      new DeltaBuffer.Lattice<>() {
        @Override
        public TreeSet<Integer> join(List<TreeSet<Integer>> deltas) {
          TreeSet<Integer> all = new TreeSet<>();
          deltas.forEach(all::addAll);
          return all;
        }

        @Override
        public long size(TreeSet<Integer> delta) {
          return delta.size();
        }
      };

  private final DeltaBuffer<String, TreeSet<Integer>> buffer = new DeltaBuffer<>(SETS, 5);

  private static TreeSet<Integer> set(Integer... values) {
    return new TreeSet<>(List.of(values));
  }

  @Test
  void deltaIsOwedToEverybodyButWhomItCameFrom() {
    buffer.addPeer("b");
    buffer.addPeer("c");
    buffer.add(set(1), null);
    buffer.add(set(2), "b");
    assertEquals(set(1), buffer.pending("b", 9));
    assertEquals(set(1, 2), buffer.pending("c", 9));
  }

  @Test
  void deltaGoesWhenEverybodyHoldsIt() {
    buffer.addPeer("b");
    buffer.addPeer("c");
    buffer.add(set(1), null);
    buffer.acknowledge("b", delta -> true);
    assertNull(buffer.pending("b", 9));
    assertEquals(1, buffer.size());
    buffer.acknowledge("c", delta -> false);
    assertEquals(set(1), buffer.pending("c", 9));
    buffer.acknowledge("c", delta -> true);
    assertEquals(0, buffer.size());
  }

  @Test
  void nothingIsKeptForNobody() {
    buffer.add(set(1), null);
    buffer.addPeer("b");
    buffer.add(set(1), "b");
    assertEquals(0, buffer.size());
  }

  @Test
  void peerThatWaitsTooLongIsBehindUntilItHasCaughtUp() {
    buffer.addPeer("b");
    assertTrue(buffer.isBehind("b"), "nobody told it what came before");
    buffer.caughtUp("b");
    buffer.add(set(1, 2, 3), null);
    buffer.add(set(4, 5), null);
    assertFalse(buffer.isBehind("b"));
    buffer.add(set(6), null);
    assertTrue(buffer.isBehind("b"));
    assertEquals(set(4, 5, 6), buffer.pending("b", 9));
    buffer.removePeer("b");
    assertEquals(0, buffer.size());
  }

  @Test
  void batchesAreBoundedButNeverEmpty() {
    buffer.addPeer("b");
    buffer.add(set(1, 2, 3), null);
    buffer.add(set(4), null);
    assertEquals(set(1, 2, 3), buffer.pending("b", 1));
    assertEquals(set(1, 2, 3), buffer.pending("b", 3));
    assertEquals(set(1, 2, 3, 4), buffer.pending("b", 4));
  }

  @Test
  void generationsGiveTheShortestTailThatCovers() {
    DeltaGenerations generations = new DeltaGenerations(1_000);
    RoomState state = Flock.fresh(A);
    List<CausalContext> contexts = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      contexts.add(state.context());
      RoomDelta delta = state.say("s", "u", text("hi"), at(i));
      generations.add(delta, state.context());
      state.merge(delta);
    }
    assertNull(generations.since(contexts.get(0)), "no longer kept");
    RoomDelta tail = generations.since(contexts.get(595));
    assertTrue(tail != null && tail.size() <= 2 * DeltaGenerations.GENERATION);
    checkTail(generations.since(contexts.get(400)), contexts.get(400), state);
  }

  private static void checkTail(@Nullable RoomDelta tail, CausalContext context, RoomState state) {
    assertTrue(tail != null && context.union(tail.context()).equals(state.context()));
  }

  /** Three replicas that push over links which lose, repeat and delay. */
  @Property(tries = 150)
  void replicasConvergeOverLossyLinks(Choices choices) {
    Histories.check(
        choices,
        60,
        Operation::draw,
        (history, more) -> {
          LossyFlock flock = new LossyFlock(more);
          for (int step = 0; step < history.size(); step++) {
            flock.apply(history.get(step), step);
          }
          flock.heal();
          flock.check();
        });
  }
}
