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
import dev.starling.sim.kernel.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One machine: its clock, the node that runs on it if one does, and what waits while it is paused.
 * The node is told the time of its own clock, and its packets go through the real codec.
 */
public final class Machine {
  private static final long MILLI = 1_000_000;

  /** What wall clocks show at virtual time 0. */
  private static final long EPOCH_NANOS = 1_800_000_000_000L * MILLI;

  /** What a step of the other loops takes, of one of the membership's. */
  private static final int SHARE_OF_A_STEP = 50;

  private final int number;
  private final EventQueue events;
  private final LocalClock clock;
  private final Surroundings surroundings;
  private final LocalClock wall = new LocalClock(EPOCH_NANOS);
  private final Consumer<SwimOutput> taking = this::take;
  private final Counts counts = new Counts();
  private final Blockade blockade;
  private final Alarm alarm;
  private final Lane membership;
  private final Lane rooms;
  private final Disk disk;
  private final List<Tenant> tenants = new ArrayList<>();
  private @Nullable CoreUnderTest core;
  private boolean powered = true;
  private long pausedUntilNanos;
  private long life;
  private boolean refusesStreams;

  /** What a machine needs of the world. */
  public interface Surroundings {
    void send(int from, Send send, byte[] bytes);

    void observe(Machine machine, SwimOutput output);

    /** The endpoint from which another machine's datagrams come. */
    Endpoint endpoint(int machine);
  }

  /** What runs in the process beside the membership. */
  public interface Tenant {
    /** A process began. */
    void began(NodeId self);

    /** The process has ended without a word. */
    void ended();
  }

  Machine(int number, EventQueue events, LocalClock clock, Seeds seeds, Surroundings surroundings) {
    this.number = number;
    this.events = events;
    this.clock = clock;
    this.blockade = new Blockade(events);
    this.alarm = new Alarm(events, this, () -> give(new SwimInput.Wake()));
    this.membership = new Lane(events, this, counts);
    this.rooms = new Lane(events, this, counts);
    this.disk = new Disk(events, seeds.stream("disk " + number));
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

  /** Milliseconds since 1970, as the machine believes. */
  public long wallMillis() {
    return wall.local(events.now()) / MILLI;
  }

  /** Both clocks run so much too fast from now on. */
  public void drift(double partsPerMillion) {
    clock.drift(partsPerMillion, events.now());
    wall.drift(partsPerMillion, events.now());
  }

  /** The wall clock is set, forward or back. */
  public void setWall(long moreMillis) {
    wall.jump(moreMillis * MILLI, events.now());
  }

  /** The loop that serves rooms. */
  public Lane rooms() {
    return rooms;
  }

  public Disk disk() {
    return disk;
  }

  /** Lets something else run in each process here. */
  public void house(Tenant tenant) {
    tenants.add(tenant);
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
    clear();
    pausedUntilNanos = 0;
    tenants.forEach(tenant -> tenant.began(started.self()));
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
    disk.tear();
    clear();
    tenants.forEach(Tenant::ended);
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

  private void clear() {
    alarm.clear();
    membership.clear();
    rooms.clear();
  }

  /** From now on each step takes so long, and others wait for it. */
  public void slowDown(long nanosPerStep) {
    membership.slowDown(nanosPerStep);
    rooms.slowDown(nanosPerStep / SHARE_OF_A_STEP);
  }

  /** From now on no stream to or from it is opened, or again: its certificate has run out. */
  public void refuseStreams(boolean refuse) {
    refusesStreams = refuse;
  }

  /** Whether a stream to or from it fails now. */
  public boolean refusesStreams() {
    counts.refusedStreams += refusesStreams ? 1 : 0;
    return refusesStreams;
  }

  /** Something comes to the node. */
  public void give(SwimInput input) {
    membership.run(() -> step(input));
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
    membership.drain(same);
    rooms.drain(same);
  }

  private void step(SwimInput input) {
    CoreUnderTest running = core;
    if (running != null) {
      running.step(input, localNanos(), taking);
      alarm.arm();
    }
  }

  private void take(SwimOutput output) {
    switch (output) {
      case Send send -> send(send);
      case WakeAt wake -> alarm.set(wake.nanos());
      default -> surroundings.observe(this, output);
    }
  }

  private void send(Send send) {
    if (blockade.isOn()) {
      blockade.hold(() -> send(send));
    } else {
      surroundings.send(number, send, PacketWriter.write(send.packet()));
    }
  }
}
