package dev.starling.core.world;

import dev.starling.core.protocol.ClientMessage;
import dev.starling.core.protocol.Code;
import dev.starling.core.protocol.ServerMessage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A connection between a client and the node: in order, with a delay, and cut at any moment. What
 * is under way when it is cut arrives nowhere. A stalled one takes what is written and delivers
 * nothing.
 */
final class Line {
  static final int FRAME_BYTES = 100;

  private final Timeline timeline;
  private final long number;
  private final Client client;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private @Nullable Gate gate;
  private long delayNanos;
  private boolean open = true;
  private boolean stalled;
  private long freeSinceNanos;
  private long lastArrivalNanos;

  Line(Timeline timeline, long number, Client client) {
    this.timeline = timeline;
    this.number = number;
    this.client = client;
    this.freeSinceNanos = timeline.nowNanos();
    this.lastArrivalNanos = timeline.nowNanos();
  }

  void attach(Gate end) {
    gate = end;
  }

  long number() {
    return number;
  }

  boolean isOpen() {
    return open;
  }

  void slowDown(long nanos) {
    delayNanos = nanos;
    freeSinceNanos = timeline.nowNanos();
  }

  /** For how long nothing has held up what is written. */
  long freeForNanos() {
    return stalled || delayNanos > 0 ? 0 : timeline.nowNanos() - freeSinceNanos;
  }

  /** The client writes a frame. */
  void say(ClientMessage message) {
    carry(() -> gate().received(message, FRAME_BYTES));
  }

  /** The client writes a frame that the codec refuses. */
  void garble(@Nullable Long id, Code code) {
    carry(() -> gate().garbled(id, code, FRAME_BYTES));
  }

  /** The client's transport answers a ping. */
  void pong() {
    carry(() -> gate().heard());
  }

  /** The client closes by itself, and means it. */
  void hangUp() {
    carry(() -> end(true));
  }

  /** The connection breaks; the node notices at once. */
  void cut() {
    cut(0);
  }

  /** The connection breaks; the node notices later. */
  void cut(long noticedAfterNanos) {
    if (open) {
      open = false;
      timeline.note("cut " + number);
      timeline.at(timeline.nowNanos() + noticedAfterNanos, () -> gate().ended(false));
      timeline.soon(() -> client.disconnected(this, null));
    }
  }

  /** Nothing gets through to the client any more, and the node is told so. */
  void stall() {
    stalled = true;
    timeline.soon(() -> gate().writable(false));
  }

  /** What was held back gets through. */
  void flow() {
    stalled = false;
    freeSinceNanos = timeline.nowNanos();
    while (!held.isEmpty()) {
      carry(held.remove());
    }
    timeline.soon(() -> gate().writable(true));
  }

  /** The node writes a frame. */
  void write(ServerMessage message, @Nullable String offset) {
    carryBack(() -> client.received(this, message, offset));
  }

  /** The node's transport asks for a sign of life. */
  void ping() {
    carryBack(() -> client.pinged(this));
  }

  /** The node closes after what it wrote. */
  void close(Code code) {
    timeline.soon(() -> gate().ended(false));
    carryBack(() -> {
      open = false;
      client.disconnected(this, code);
    });
  }

  private void end(boolean clean) {
    open = false;
    gate().ended(clean);
  }

  private void carryBack(Runnable frame) {
    if (stalled) {
      held.add(frame);
    } else {
      carry(frame);
    }
  }

  private void carry(Runnable frame) {
    // The line keeps its order where it becomes faster.
    lastArrivalNanos = Math.max(lastArrivalNanos, timeline.nowNanos() + delayNanos);
    timeline.at(
        lastArrivalNanos,
        () -> {
          if (open) {
            frame.run();
          }
        });
  }

  private Gate gate() {
    if (gate == null) {
      throw new AssertionError("no gate at line " + number);
    }
    return gate;
  }
}
