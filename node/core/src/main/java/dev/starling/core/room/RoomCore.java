package dev.starling.core.room;

import dev.starling.core.room.RoomEffect.Answer;
import dev.starling.core.room.RoomEffect.Changed;
import dev.starling.core.room.RoomEffect.Merged;
import dev.starling.core.room.RoomEffect.Tell;
import dev.starling.core.room.RoomOutput.Vacant;
import dev.starling.core.room.RoomOutput.WakeAt;
import dev.starling.crdt.HybridClock;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDigest;
import dev.starling.crdt.RoomState;
import java.util.List;
import java.util.function.Consumer;

/**
 * A room that this node alone holds, with all its members: what an operation did is told at once.
 * Not re-entrant, one thread at a time; does no I/O.
 */
public final class RoomCore {
  /** How many replicas hold an operation when it is answered. */
  public static final int COPIES = 1;

  private final String room;
  private final RoomConfig config;
  private final RoomState state;
  private final RoomOperations operations;
  private final RoomAudience audience;
  private long vacantSinceNanos;

  /**
   * @param room the room's name
   * @param replica this owner
   * @param clock the node's hybrid clock for the thread that steps this room
   * @param nowNanos when the room came into being
   */
  public RoomCore(
      String room, ReplicaId replica, RoomConfig config, HybridClock clock, long nowNanos) {
    this.room = room;
    this.config = config;
    this.state = new RoomState(replica, config.chatMessages());
    this.operations = new RoomOperations(room, replica, config, clock, state);
    this.audience = RoomAudience.ofEverybody(room, operations.policy());
    this.vacantSinceNanos = nowNanos;
  }

  /**
   * Takes one request.
   *
   * @param residency the regions that the asker's token pins the room to; empty for all
   * @param nowNanos monotonic time
   * @param epochMillis wall clock, for stamps
   */
  public void step(
      RoomRequest request,
      List<String> residency,
      long nowNanos,
      long epochMillis,
      Consumer<? super RoomOutput> out) {
    boolean wasVacant = state.size() == 0;
    operations.step(request, residency, epochMillis, effect -> pass(effect, out));
    watchVacancy(wasVacant, nowNanos, out);
  }

  /**
   * Carries out what the application asks. After {@link RoomOrder.Close} the room is vacant and
   * takes nothing more.
   *
   * @param nowNanos monotonic time
   * @param epochMillis wall clock, for stamps and bans
   */
  public RoomReport order(
      RoomOrder order, long nowNanos, long epochMillis, Consumer<? super RoomOutput> out) {
    boolean wasVacant = state.size() == 0;
    RoomReport report = operations.order(order, epochMillis, effect -> pass(effect, out));
    if (order instanceof RoomOrder.Close) {
      out.accept(new Vacant(room));
    } else {
      watchVacancy(wasVacant, nowNanos, out);
    }
    return report;
  }

  private void pass(RoomEffect effect, Consumer<? super RoomOutput> out) {
    switch (effect) {
      case Merged merged -> audience.publish(merged.changes(), out);
      case Changed changed ->
          audience.tell(
              changed.changes(), new Circumstances.By(changed.reason(), changed.author()), out);
      case Answer answer ->
          out.accept(new RoomOutput.Answer(answer.session(), answer.id(), answer.message()));
      // Whoever orders here has the report in hand.
      case RoomEffect.Reported reported -> {}
      case Tell tell -> out.accept(new RoomOutput.Tell(tell.session(), tell.event()));
    }
  }

  private void watchVacancy(boolean wasVacant, long nowNanos, Consumer<? super RoomOutput> out) {
    if (state.size() == 0) {
      vacantSinceNanos = wasVacant ? vacantSinceNanos : nowNanos;
      out.accept(
          new WakeAt(
              operations.policy().isBare() ? nowNanos : vacantSinceNanos + config.vacantNanos()));
    }
  }

  /** Tells the room that time has passed. */
  public void wake(long nowNanos, Consumer<? super RoomOutput> out) {
    boolean over =
        operations.policy().isBare() || nowNanos - vacantSinceNanos >= config.vacantNanos();
    if (state.size() == 0 && over) {
      operations.denyAll(effect -> pass(effect, out));
      out.accept(new Vacant(room));
    }
  }

  /** The room as it is, all of which this node has. */
  public RoomStanding standing() {
    return new RoomStanding(
        state, operations.policy().settings(), true, true, RoomDigest.summary(state), List.of());
  }

  /** About how many bytes the room takes up, with whoever waits to be let in. */
  public long heldBytes() {
    return state.heldBytes() + operations.waitingBytes();
  }
}
