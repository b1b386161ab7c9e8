package dev.starling.crdt;

import dev.starling.property.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Three replicas of one room, and every delta that any of them ever made. */
final class Flock {
  static final int CHAT_CAPACITY = 3;
  private static final List<List<String>> KEYS =
      List.of(List.of("limit"), List.of("locked"), List.of("limit", "locked"), List.of());

  private final List<RoomState> replicas = Samples.REPLICAS.stream().map(Flock::fresh).toList();
  private final List<HybridClock> clocks =
      List.of(new HybridClock(), new HybridClock(), new HybridClock());
  private final List<RoomDelta> deltas = new ArrayList<>();
  private final TreeSet<Integer> dead = new TreeSet<>();

  /** What can happen to a flock; replicas are numbered, and numbers beyond wrap around. */
  sealed interface Operation {
    /** At which replica. */
    int at();

    record Put(int at, String session, long epoch) implements Operation {}

    record Remove(int at, String session) implements Operation {}

    record Set(int at, List<String> keys, String value) implements Operation {}

    record BanUser(int at, String user, int millis) implements Operation {}

    record Unban(int at, String user) implements Operation {}

    record Say(int at, String session) implements Operation {}

    /** An earlier delta arrives, for the first time or again. */
    record Receive(int at, int delta) implements Operation {}

    /** Another replica's whole state arrives. */
    record Catch(int at, int from) implements Operation {}

    /** What this replica lacks arrives from another. */
    record Repair(int at, int from) implements Operation {}

    /** Another replica is gone for good; from now on it does nothing. */
    record Retire(int at, int dead) implements Operation {}

    static Operation draw(Choices choices) {
      int at = choices.between(0, 2);
      String session = choices.oneOf("s1", "s2", "s3");
      return switch (choices.between(0, 25)) {
        case 0, 1, 2, 3, 4 -> new Put(at, session, choices.between(1, 2));
        case 5, 6, 7 -> new Remove(at, session);
        case 8, 9 -> new Set(at, choices.oneOf(KEYS), choices.oneOf("x", "y"));
        case 10, 11 -> new Say(at, session);
        case 12, 13 -> new Catch(at, choices.between(0, 2));
        case 14, 15 -> new BanUser(at, choices.oneOf("u1", "u2"), choices.between(1, 60));
        case 16, 17 -> new Unban(at, choices.oneOf("u1", "u2"));
        case 18, 19 -> new Repair(at, choices.between(0, 2));
        case 20 -> new Retire(at, choices.between(0, 2));
        default -> new Receive(at, choices.between(0, 50));
      };
    }
  }

  static RoomState fresh(ReplicaId replica) {
    return new RoomState(replica, CHAT_CAPACITY);
  }

  static Flock after(List<Operation> history) {
    Flock flock = new Flock();
    for (int step = 0; step < history.size(); step++) {
      flock.apply(history.get(step), step);
    }
    return flock;
  }

  /** Applies one operation; what changed at its replica is returned. */
  RoomChanges apply(Operation operation, long nowMillis) {
    RoomState state = replicas.get(operation.at());
    boolean hears = operation instanceof Operation.Receive;
    return state.merge(
        dead.contains(operation.at()) && !hears
            ? RoomDelta.EMPTY
            : delta(operation, state, nowMillis));
  }

  private RoomDelta delta(Operation operation, RoomState state, long nowMillis) {
    HybridClock clock = clocks.get(operation.at());
    ReplicaId replica = Samples.REPLICAS.get(operation.at());
    return switch (operation) {
      case Operation.Put put -> {
        Stamp stamp = new Stamp(clock.tick(nowMillis), replica);
        yield made(state.put(Samples.member(put.session(), put.epoch(), stamp)));
      }
      case Operation.Remove remove -> made(state.remove(remove.session()));
      case Operation.Set set -> {
        TreeMap<String, Content> values = new TreeMap<>();
        set.keys().forEach(key -> values.put(key, Samples.text(set.value())));
        yield made(state.set(values, clock.tick(nowMillis)));
      }
      case Operation.BanUser ban ->
          made(state.ban(new Ban(ban.user(), nowMillis + ban.millis()), nowMillis));
      case Operation.Unban unban -> made(state.unban(unban.user(), nowMillis));
      case Operation.Say say ->
          made(state.say(say.session(), "u", Samples.text("hi"), clock.tick(nowMillis)));
      case Operation.Receive receive ->
          deltas.isEmpty() ? RoomDelta.EMPTY : deltas.get(receive.delta() % deltas.size());
      case Operation.Catch all -> replicas.get(all.from()).full();
      case Operation.Repair repair -> replicas.get(repair.from()).difference(state.digest());
      case Operation.Retire retire -> retired(retire, state, nowMillis);
    };
  }

  /** One always lives. */
  private RoomDelta retired(Operation.Retire retire, RoomState state, long nowMillis) {
    boolean another = retire.dead() != retire.at();
    if (!another || (dead.size() == 2 && !dead.contains(retire.dead()))) {
      return RoomDelta.EMPTY;
    }
    dead.add(retire.dead());
    return made(state.retire(Samples.REPLICAS.get(retire.dead()), nowMillis));
  }

  private RoomDelta made(RoomDelta delta) {
    deltas.add(delta);
    return delta;
  }

  RoomState replica(int number) {
    return replicas.get(number);
  }

  List<RoomDelta> deltas() {
    return deltas;
  }

  /** Every replica's whole state reaches every other. */
  void settle() {
    List<RoomDelta> everything = replicas.stream().map(RoomState::full).toList();
    replicas.forEach(replica -> everything.forEach(replica::merge));
  }

  /** A new replica that took these deltas in this order. */
  static RoomState joined(List<RoomDelta> deltas) {
    RoomState state = fresh(new ReplicaId("z", 1));
    deltas.forEach(state::merge);
    return state;
  }

  /** The numbers of all replicas. */
  static int[] numbers() {
    return IntStream.range(0, Samples.REPLICAS.size()).toArray();
  }
}
