package dev.starling.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Flock.Operation;
import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A flock whose replicas tell each other by delta buffers alone, over links that lose, repeat and
 * reorder; the last resort is a difference.
 */
final class LossyFlock {
  private static final DeltaBuffer.Lattice<RoomDelta> DELTAS =
      new DeltaBuffer.Lattice<>() {
        @Override
        public RoomDelta join(List<RoomDelta> deltas) {
          return RoomDelta.join(deltas);
        }

        @Override
        public long size(RoomDelta delta) {
          return delta.size();
        }
      };
  private static final int NODES = 3;
  private static final long CAPACITY = 25;

  private record Message(int from, int to, RoomDelta delta) {}

  private final Flock flock = new Flock();
  private final Choices choices;
  private final List<DeltaBuffer<Integer, RoomDelta>> buffers = new ArrayList<>();
  private final List<Message> flying = new ArrayList<>();

  LossyFlock(Choices choices) {
    this.choices = choices;
    for (int node = 0; node < NODES; node++) {
      DeltaBuffer<Integer, RoomDelta> buffer = new DeltaBuffer<>(DELTAS, CAPACITY);
      buffers.add(buffer);
      for (int peer = 0; peer < NODES; peer++) {
        if (peer != node) {
          buffer.addPeer(peer);
          buffer.caughtUp(peer);
        }
      }
    }
  }

  /** Operations at one replica happen there; what would reach it from another flies. */
  void apply(Operation operation, long nowMillis) {
    int made = flock.deltas().size();
    if (operation instanceof Operation.Receive) {
      push(operation.at());
    } else if (!(operation instanceof Operation.Catch || operation instanceof Operation.Repair)) {
      flock.apply(operation, nowMillis);
    }
    if (flock.deltas().size() > made) {
      buffer(operation.at()).add(flock.deltas().getLast(), null);
    }
    deliver();
  }

  private void push(int from) {
    for (int to = 0; to < NODES; to++) {
      RoomDelta pending = to == from ? null : buffer(from).pending(to, choices.between(1, 9));
      if (pending != null) {
        flying.add(new Message(from, to, pending));
      }
    }
  }

  private void deliver() {
    if (!flying.isEmpty()) {
      Message message = flying.get(choices.between(0, flying.size() - 1));
      switch (choices.between(0, 3)) {
        case 0 -> flying.remove(message);
        case 1 -> take(message);
        default -> {
          flying.remove(message);
          take(message);
        }
      }
    }
  }

  private void take(Message message) {
    RoomState state = flock.replica(message.to());
    RoomDelta novel = state.novel(message.delta());
    if (!novel.isEmpty()) {
      state.merge(novel);
      buffer(message.to()).add(novel, message.from());
    }
    acknowledge(message.from(), message.to());
  }

  private void acknowledge(int at, int peer) {
    RoomState state = flock.replica(peer);
    CausalContext seen = state.context().union(state.forgotten());
    buffer(at).acknowledge(peer, delta -> seen.covers(delta.context()));
  }

  /** No more loss: buffers empty, and whoever is behind gets a difference. */
  void heal() {
    flying.clear();
    for (int round = 0; round < 2 * NODES; round++) {
      for (int from = 0; from < NODES; from++) {
        for (int to = 0; to < NODES; to++) {
          if (from != to) {
            exchange(from, to);
          }
        }
      }
    }
  }

  private void exchange(int from, int to) {
    if (buffer(from).isBehind(to)) {
      take(new Message(from, to, flock.replica(from).difference(flock.replica(to).context())));
      buffer(from).caughtUp(to);
    }
    @Nullable RoomDelta pending = buffer(from).pending(to, Long.MAX_VALUE);
    if (pending != null) {
      take(new Message(from, to, pending));
    }
  }

  void check() {
    for (int node = 0; node < NODES; node++) {
      assertEquals(flock.replica(0).full(), flock.replica(node).full());
      assertEquals(0, buffer(node).size());
      for (int peer = 0; peer < NODES; peer++) {
        assertFalse(buffer(node).isBehind(peer));
      }
    }
    assertTrue(flock.replica(0).full().equals(Flock.joined(flock.deltas()).full()));
  }

  private DeltaBuffer<Integer, RoomDelta> buffer(int node) {
    return Objects.requireNonNull(buffers.get(node));
  }
}
