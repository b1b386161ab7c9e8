package dev.starling.tools.load;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The rooms of one event loop, what is sent in them and what was counted. */
final class Lane {
  private static final long LOOK_MILLIS = 5;

  private final EventLoop loop;
  private final List<Wire> wires;
  private final Mix.Cycle mix;
  private final List<Client> clients = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final List<Connection> unflushed = new ArrayList<>();
  private final int confirmMillis;
  private Tally tally = new Tally();
  private Pacer pacer = Pacer.NONE;
  private volatile Attendance attendance;

  Lane(EventLoop loop, List<Wire> wires, LoadPlan plan, Attendance attendance) {
    this.loop = loop;
    this.wires = wires;
    this.mix = new Mix.Cycle(plan.mix());
    this.confirmMillis = plan.confirmMillis();
    this.attendance = attendance;
  }

  /** Adds a room with its clients, before the run. */
  void add(Room room) {
    for (int seat = 0; seat < room.size(); seat++) {
      clients.add(room.seat(seat));
    }
    pairs.addAll(room.pairs());
  }

  EventLoop loop() {
    return loop;
  }

  /** What the client with this index speaks. */
  Wire wire(int index) {
    return wires.get(index % wires.size());
  }

  ByteBufAllocator memory() {
    return PooledByteBufAllocator.DEFAULT;
  }

  Tally tally() {
    return tally;
  }

  List<Client> clients() {
    return clients;
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** By turns, every pair. */
  Pair pair(long number) {
    return pairs.get((int) (number % pairs.size()));
  }

  Attendance attendance() {
    return attendance;
  }

  void attend(Attendance next) {
    attendance = next;
  }

  /** Sends a pair's next message; false when its sender can't. */
  boolean sendNext(Pair pair, long intendedNanos) {
    Client speaker = pair.speaker();
    if (pair.isPaused() || !speaker.canSend()) {
      return false;
    }
    Client listener = pair.listener();
    Kind kind = mix.next();
    int step = kind == Kind.SIGNAL ? pair.nextStep() : 0;
    speaker.send(pair, kind, step, intendedNanos, listener);
    return true;
  }

  void answered(Pair pair, boolean success) {
    pacer.answered(pair, success);
  }

  /** A room that was silent may talk again. */
  void goOn(Room room) {
    room.goOn();
    for (Pair pair : pairs) {
      if (pair.room().equals(room)) {
        pacer.answered(pair, true);
      }
    }
    flush();
  }

  /** How long clients wait before they confirm; 0 for not at all. */
  int confirmMillis() {
    return confirmMillis;
  }

  void toFlush(Connection connection) {
    unflushed.add(connection);
  }

  void flush() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flush();
    }
    unflushed.clear();
  }

  /** Starts sending. */
  void start(Function<Lane, Pacer> pacing) {
    pacer = pacing.apply(this);
    pacer.start();
  }

  /** Stops sending. */
  void stop() {
    pacer.stop();
    pacer = Pacer.NONE;
  }

  /** Waits until everything is settled, and gives up what isn't by then. */
  CompletableFuture<Void> drain(long patienceNanos) {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    look(System.nanoTime() + patienceNanos, drained);
    return drained;
  }

  /** What was counted since the last time. */
  Tally takeTally() {
    Tally taken = tally;
    tally = new Tally();
    return taken;
  }

  private void look(long deadlineNanos, CompletableFuture<Void> drained) {
    if (clients.stream().allMatch(client -> client.openRequests() == 0)) {
      drained.complete(null);
    } else if (System.nanoTime() - deadlineNanos >= 0) {
      clients.forEach(Client::giveUp);
      drained.complete(null);
    } else {
      loop.schedule(() -> look(deadlineNanos, drained), LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
