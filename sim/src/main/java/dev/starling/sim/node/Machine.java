package dev.starling.sim.node;

import dev.starling.membership.Endpoint;
import dev.starling.membership.NodeId;
import dev.starling.membership.swim.Channel;
import dev.starling.membership.swim.Packet;
import dev.starling.membership.swim.SwimInput;
import dev.starling.membership.swim.SwimOutput;
import dev.starling.membership.swim.SwimOutput.Send;
import dev.starling.membership.swim.SwimOutput.WakeAt;
import dev.starling.proto.ring.PacketReader;
import dev.starling.proto.ring.PacketWriter;
import dev.starling.sim.kernel.EventQueue;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One machine: its clock, the node that runs on it if one does, and what waits while it is paused.
 * The node is told the time of its own clock, and its packets go through the real codec.
 */
public final class Machine {
  private final int number;
  private final EventQueue events;
  private final LocalClock clock;
  private final Surroundings surroundings;
  private final ArrayDeque<SwimInput> waiting = new ArrayDeque<>();
  private final Consumer<SwimOutput> taking = this::take;
  private final Counts counts = new Counts();
  private final Blockade blockade;
  private @Nullable CoreUnderTest core;
  private boolean powered = true;
  private long pausedUntilNanos;
  private long stepNanos;
  private long busyUntilNanos;
  private long wakeAtNanos = Long.MAX_VALUE;
  private long timerNanos = Long.MAX_VALUE;
  private long life;
  private boolean refusesStreams;

  /** What a machine needs of the world. */
  public interface Surroundings {
    void send(int from, Send send, byte[] bytes);

    void observe(Machine machine, SwimOutput output);

    /** The endpoint from which another machine's datagrams come. */
    Endpoint endpoint(int machine);
  }

  public Machine(int number, EventQueue events, LocalClock clock, Surroundings surroundings) {
    this.number = number;
    this.events = events;
    this.clock = clock;
    this.blockade = new Blockade(events);
    this.surroundings = surroundings;
  }

  public int number() {
    return number;
  }

  /** How often something started or ended here: tells one process from the next. */
  public long life() {
    return life;
  }

  public LocalClock clock() {
    return clock;
  }

  /** What came of faults here. */
  public Counts counts() {
    return counts;
  }

  /** The node that runs here; null when none does. */
  public @Nullable CoreUnderTest core() {
    return core;
  }

  public boolean isUp() {
    return core != null;
  }

  /** Whether the machine itself is on the network, with a node on it or without. */
  public boolean isPowered() {
    return powered;
  }

  public boolean isPaused() {
    return events.now() < pausedUntilNanos;
  }

  /** Its own clock. */
  public long localNanos() {
    return clock.local(events.now());
  }

  /** Starts a node. */
  public void start(CoreUnderTest started) {
    life++;
    powered = true;
    core = started;
    waiting.clear();
    pausedUntilNanos = 0;
    wakeAtNanos = Long.MAX_VALUE;
    timerNanos = Long.MAX_VALUE;
  }

  /**
   * Ends the node without a word.
   *
   * @param power whether the machine goes down with it, so that nobody refuses connections
   */
  public void crash(boolean power) {
    life++;
    core = null;
    powered = !power;
    waiting.clear();
  }

  /** Everything waits for so long. */
  public void pause(long nanos) {
    boolean was = isPaused();
    pausedUntilNanos = Math.max(pausedUntilNanos, events.now() + nanos);
    if (!was) {
      resumeWhenOver(life);
    }
  }

  /** Nothing gets in or out for so long, while the node itself goes on: it waits until the end. */
  public void block(long nanos) {
    blockade.begin(nanos);
  }

  /** Goes on at once. */
  public void goOn() {
    if (isPaused()) {
      pausedUntilNanos = events.now();
      drain(life);
    }
  }

  /** From now on each step takes so long, and others wait for it. */
  public void slowDown(long nanosPerStep) {
    stepNanos = nanosPerStep;
  }

  /** Whether its certificate has run out: no stream to or from it is opened. */
  public void refuseStreams(boolean refuse) {
    refusesStreams = refuse;
  }

  boolean refusesStreams() {
    counts.refusedStreams += refusesStreams ? 1 : 0;
    return refusesStreams;
  }

  /** Something comes to the node. */
  public void give(SwimInput input) {
    if (core == null) {
      return;
    }
    if (isPaused() || events.now() < busyUntilNanos) {
      wait(input);
    } else {
      step(input);
    }
  }

  /** A packet comes; what the codec refuses is gone. */
  public void receive(int from, Channel channel, byte[] bytes) {
    if (blockade.isOn()) {
      blockade.hold(() -> receive(from, channel, bytes));
      return;
    }
    Packet packet = core == null ? null : PacketReader.read(ByteBuffer.wrap(bytes));
    if (packet != null) {
      give(new SwimInput.Received(surroundings.endpoint(from), channel, packet));
    }
  }

  /**
   * A damaged packet comes. In production its seal refuses it before it is read; here the codec
   * reads it all the same, since it must get through any bytes, and then it is gone.
   */
  void refuse(byte[] bytes) {
    counts.damaged++;
    if (core != null && PacketReader.read(ByteBuffer.wrap(bytes)) != null) {
      counts.readThoughDamaged++;
    }
  }

  /** The identity of the node that runs here. */
  public @Nullable NodeId self() {
    return core == null ? null : core.self();
  }

  private void wait(SwimInput input) {
    if (isPaused()) {
      counts.heldByPauses++;
    } else {
      counts.heldBySteps++;
    }
    waiting.add(input);
    if (!isPaused() && waiting.size() == 1) {
      long same = life;
      events.at(busyUntilNanos, () -> drain(same));
    }
  }

  private void resumeWhenOver(long same) {
    events.at(
        pausedUntilNanos,
        () -> {
          if (same == life && isPaused()) {
            resumeWhenOver(same);
          } else {
            drain(same);
          }
        });
  }

  private void drain(long same) {
    while (same == life && !isPaused() && events.now() >= busyUntilNanos && !waiting.isEmpty()) {
      step(waiting.remove());
    }
    if (same == life && !isPaused() && !waiting.isEmpty()) {
      events.at(busyUntilNanos, () -> drain(same));
    }
  }

  private void step(SwimInput input) {
    CoreUnderTest running = core;
    if (running != null) {
      counts.steps++;
      busyUntilNanos = events.now() + stepNanos;
      running.step(input, localNanos(), taking);
      arm();
    }
  }

  private void take(SwimOutput output) {
    switch (output) {
      case Send send -> send(send);
      case WakeAt wake -> wakeAtNanos = wake.nanos();
      default -> surroundings.observe(this, output);
    }
  }

  /**
   * One timer runs; one that was set for later is replaced, and an early one finds nothing to do.
   */
  private void arm() {
    if (wakeAtNanos != Long.MAX_VALUE) {
      long at = clock.virtual(wakeAtNanos);
      if (at < timerNanos) {
        timerNanos = at;
        long same = life;
        events.at(at, () -> ring(same, at));
      }
    }
  }

  private void send(Send send) {
    if (blockade.isOn()) {
      blockade.hold(() -> send(send));
    } else {
      surroundings.send(number, send, PacketWriter.write(send.packet()));
    }
  }

  private void ring(long same, long at) {
    if (same != life || at != timerNanos) {
      return;
    }
    timerNanos = Long.MAX_VALUE;
    if (wakeAtNanos <= localNanos() || isPaused()) {
      give(new SwimInput.Wake());
    } else {
      arm();
    }
  }
}
