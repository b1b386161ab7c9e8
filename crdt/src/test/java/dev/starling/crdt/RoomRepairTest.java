package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.at;
import static dev.starling.crdt.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas with one context of which one holds something else, as no history makes it. */
final class RoomRepairTest {
  private static final int MEMBERS = 300;

  private final RoomState a = Flock.fresh(A);
  private final RoomState b = Flock.fresh(B);

  @BeforeEach
  void fill() {
    for (int i = 0; i < MEMBERS; i++) {
      RoomDelta delta = a.put(member(i, "right"));
      a.merge(delta);
      b.merge(i == 77 ? RoomDelta.of(delta.context()) : damaged(delta, i));
    }
    RoomDelta said = b.say("s", "u", text("hi"), at(1));
    b.merge(said);
    a.merge(said);
  }

  @Test
  void differenceUnderOneContextIsCorruption() {
    assertEquals(a.context(), b.context());
    assertEquals(List.of(A), a.digest().corrupt(b.digest()));
  }

  @Test
  void differenceUnderTwoContextsIsNone() {
    a.merge(a.remove("nobody"));
    assertTrue(a.digest().corrupt(b.digest()).isEmpty());
  }

  @Test
  void mendingMakesBothEqualAndLooksAtFewEntries() {
    int sent = 0;
    List<DotRange> open = RoomRepair.differing(b, RoomRepair.hashes(a, whole()));
    while (!open.isEmpty()) {
      DotRange range = open.getFirst();
      open = open.subList(1, open.size());
      if (range.last() - range.first() < RoomRepair.FEW_DOTS) {
        RoomRepair.Mending toB = RoomRepair.mending(a, range);
        a.mend(RoomRepair.mending(b, range));
        b.mend(toB);
        sent += toB.entries().members().size();
      }
    }
    assertEquals(a.full(), b.full());
    assertTrue(sent <= 2 * RoomRepair.FEW_DOTS, () -> "more than needed");
    assertEquals(MEMBERS, b.size());
  }

  @Test
  void mendingAfterARemovalBringsNobodyBack() {
    RoomRepair.Mending late = RoomRepair.mending(a, whole());
    b.merge(b.remove("s5"));
    assertTrue(b.mend(late).isEmpty());
    assertNull(b.member("s5"));
  }

  private static DotRange whole() {
    return new DotRange(A, 1, MEMBERS);
  }

  private static RoomDelta damaged(RoomDelta delta, int number) {
    if (number != 200) {
      return delta;
    }
    RoomDelta wrong = RoomDelta.of(delta.context());
    wrong.members().put(delta.members().firstKey(), member(number, "wrong"));
    return wrong;
  }

  private static Member member(int number, String profile) {
    Stamp stamp = new Stamp(at(number), A);
    return Samples.member("s" + number, 1, stamp).withProfile(new Register<>(stamp, text(profile)));
  }
}
