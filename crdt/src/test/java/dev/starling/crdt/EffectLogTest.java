package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.at;
import static dev.starling.crdt.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.EffectLog.Replay;
import dev.starling.crdt.Flock.Operation;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class EffectLogTest {
  private static final long KEPT = 1_000;

  private final RoomState a = Flock.fresh(A);
  private final EffectLog log = new EffectLog(CausalContext.EMPTY, 10, KEPT);

  private static void merge(RoomState state, EffectLog log, RoomDelta delta, long nowMillis) {
    RoomDelta novel = state.novel(delta);
    RoomChanges changes = state.merge(novel);
    log.add(novel, changes, state, nowMillis);
  }

  private void merge(RoomDelta delta) {
    merge(a, log, delta, 0);
  }

  private static Member member(String session) {
    return Samples.member(session, 1, new Stamp(at(1), A));
  }

  @Test
  void missedEffectsComeInOrder() {
    merge(a.put(member("s1")));
    CausalContext position = a.context();
    merge(a.put(member("s2")));
    merge(a.say("s2", "u", text("hi"), at(2)));
    merge(a.remove("s1"));
    ChatMessage said = a.chat().messages().getFirst();
    assertEquals(
        new Replay.Missed(
            List.of(
                new Effect.Joined(member("s2")),
                new Effect.Said(said),
                new Effect.Left(member("s1")))),
        log.since(position));
    assertEquals(new Replay.Missed(List.of()), log.since(a.context()));
  }

  @Test
  void positionOfOneReplicaIsUnderstoodByAnother() {
    RoomState b = Flock.fresh(B);
    EffectLog ofB = new EffectLog(CausalContext.EMPTY, 10, KEPT);
    RoomDelta join = a.put(member("s1"));
    merge(join);
    CausalContext position = a.context();
    merge(b, ofB, b.put(member("s2")), 0);
    merge(b, ofB, join, 0);
    assertEquals(new Replay.Missed(List.of(new Effect.Joined(member("s2")))), ofB.since(position));
  }

  @Test
  void replicaThatIsBehindSaysSo() {
    CausalContext elsewhere = CausalContext.EMPTY.with(Samples.dot(B, 1));
    assertInstanceOf(Replay.Ahead.class, log.since(elsewhere));
  }

  @Test
  void whatIsNoLongerKeptIsAnOverflow() {
    CausalContext start = a.context();
    merge(a.put(member("s1")));
    CausalContext later = a.context();
    log.expire(KEPT);
    assertInstanceOf(Replay.Missed.class, log.since(start));
    log.expire(KEPT + 1);
    assertInstanceOf(Replay.Overflowed.class, log.since(start));
    assertInstanceOf(Replay.Missed.class, log.since(later));
  }

  @Test
  void logIsBoundedInNumber() {
    CausalContext start = a.context();
    for (int i = 0; i < 11; i++) {
      merge(a.put(member("s" + i)));
    }
    assertEquals(10, log.size());
    assertInstanceOf(Replay.Overflowed.class, log.since(start));
  }

  @Test
  void leaveThatCannotBeToldApartIsAnOverflow() {
    RoomState b = Flock.fresh(B);
    merge(a.put(member("s1")));
    b.merge(a.full());
    b.merge(b.remove("s1"));
    CausalContext between = b.context();
    b.merge(b.say("s", "u", text("hi"), at(1)));
    merge(b.full());
    assertInstanceOf(Replay.Overflowed.class, log.since(between));
  }

  /** A client's picture of a room, from a snapshot and the effects that it was told. */
  @Property(tries = 200)
  void snapshotAndMissedEffectsMakeTheRoom(Choices choices) {
    Histories.check(
        choices,
        60,
        Operation::draw,
        (history, more) -> {
          Flock flock = new Flock();
          RoomState owner = Flock.fresh(new ReplicaId("owner", 1));
          EffectLog log = new EffectLog(CausalContext.EMPTY, 1_000, KEPT);
          int left = more.between(0, Math.max(0, history.size()));
          CausalContext position = owner.context();
          TreeMap<String, Member> shown = shown(owner);
          for (int step = 0; step < history.size(); step++) {
            int made = flock.deltas().size();
            flock.apply(history.get(step), step);
            if (flock.deltas().size() > made) {
              merge(owner, log, flock.deltas().getLast(), step);
            }
            if (step == left) {
              position = owner.context();
              shown = shown(owner);
            }
          }
          if (log.since(position) instanceof Replay.Missed missed) {
            TreeMap<String, Member> picture = shown;
            missed.effects().forEach(effect -> show(picture, effect));
            assertEquals(shown(owner), picture);
          } else {
            assertTrue(history.stream().anyMatch(Operation.Retire.class::isInstance));
          }
        });
  }

  private static TreeMap<String, Member> shown(RoomState state) {
    TreeMap<String, Member> shown = new TreeMap<>();
    state.members().forEach(member -> shown.put(member.session(), member));
    return shown;
  }

  private static void show(TreeMap<String, Member> shown, Effect effect) {
    switch (effect) {
      case Effect.Joined joined -> shown.put(joined.member().session(), joined.member());
      case Effect.Updated updated -> shown.put(updated.member().session(), updated.member());
      case Effect.Left left -> shown.remove(left.member().session());
      case Effect.Configured configured -> {}
      case Effect.Said said -> {}
    }
  }
}
