package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.at;
import static dev.starling.crdt.Samples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RoomStateTest {
  private final RoomState a = Flock.fresh(A);
  private final RoomState b = Flock.fresh(B);

  @Test
  void mutatorsChangeNothingByThemselves() {
    a.put(member("s", 1, 1, A));
    a.remove("s");
    a.set(setting("limit", "x"), at(1));
    a.ban(new Ban("u", 9), 1);
    a.unban("u", 1);
    a.say("s", "u", text("hi"), at(1));
    assertEquals(RoomDelta.EMPTY, a.full());
  }

  @Test
  void newMemberHasJoined() {
    Member member = member("s", 1, 1, A);
    assertEquals(List.of(member), a.merge(a.put(member)).joined());
    assertEquals(member, a.member("s"));
  }

  @Test
  void newerEntryOfTheSameSessionIsAnUpdate() {
    a.merge(a.put(member("s", 1, 1, A)));
    Member newer = member("s", 1, 2, A);
    RoomChanges changes = a.merge(a.put(newer));
    assertEquals(
        new RoomChanges(List.of(), List.of(newer), List.of(), List.of(), List.of(), List.of()),
        changes);
  }

  @Test
  void newerEntryIsTheOnlyOneOfItsSession() {
    a.merge(a.put(member("s", 1, 1, A)));
    a.merge(a.put(member("s", 1, 2, A)));
    assertEquals(List.of(Samples.dot(A, 2)), List.copyOf(a.full().members().keySet()));
  }

  @Test
  void removedMemberHasLeftAsItWasLastShown() {
    Member member = member("s", 1, 1, A);
    a.merge(a.put(member));
    assertEquals(List.of(member), a.merge(a.remove("s")).left());
    assertNull(a.member("s"));
    assertEquals(0, a.size());
  }

  @Test
  void repeatedDeltaChangesNothing() {
    RoomDelta delta = a.put(member("s", 1, 1, A));
    a.merge(delta);
    assertTrue(a.merge(delta).isEmpty());
  }

  @Test
  void removalOfAnUnknownSessionStillHasAPlaceInTheContext() {
    a.merge(a.remove("nobody"));
    assertTrue(a.context().contains(Samples.dot(A, 1)));
  }

  @Test
  void entryAddedDuringARemovalElsewhereStays() {
    b.merge(a.put(member("s", 1, 1, A)));
    a.merge(b.full());
    RoomDelta removal = a.remove("s");
    RoomDelta renewal = b.put(member("s", 1, 2, B));
    a.merge(removal);
    a.merge(renewal);
    b.merge(renewal);
    b.merge(removal);
    assertEquals(member("s", 1, 2, B), a.member("s"));
    assertEquals(a.full(), b.full());
  }

  @Test
  void removedMemberStaysAwayWhenItsOldDeltaArrivesLate() {
    RoomDelta old = a.put(member("s", 1, 1, A));
    a.merge(old);
    a.merge(a.remove("s"));
    b.merge(a.full());
    assertTrue(b.merge(old).isEmpty());
    assertNull(b.member("s"));
  }

  @Test
  void higherEpochIsShownWhoeverWroteLast() {
    Member moved = member("s", 2, 1, A);
    RoomDelta high = a.put(moved);
    RoomDelta low = b.put(member("s", 1, 9, B));
    a.merge(high);
    a.merge(low);
    assertEquals(moved, a.member("s"));
    assertEquals(1, a.size());
  }

  @Test
  void laterProfileIsShownWithinOneEpoch() {
    a.merge(a.put(member("s", 1, 1, A)));
    Member later = member("s", 1, 9, B);
    a.merge(b.put(later));
    assertEquals(later, a.member("s"));
  }

  @Test
  void settingThatSawAnotherWinsWhateverTheClocksSay() {
    b.merge(a.set(setting("limit", "fast clock"), at(9)));
    RoomDelta later = b.set(setting("limit", "slow clock"), at(1));
    assertEquals(List.of("limit"), b.merge(later).settings());
    assertEquals(text("slow clock"), Objects.requireNonNull(b.settings().get("limit")).value());
    assertEquals(1, b.full().settings().size());
  }

  @Test
  void settingIsReportedOnlyWhereItChanged() {
    RoomDelta late = a.set(setting("limit", "late"), at(2));
    RoomDelta early = b.set(setting("limit", "early"), at(1));
    assertEquals(List.of("limit"), a.merge(late).settings());
    assertTrue(a.merge(early).isEmpty());
    assertEquals(text("late"), Objects.requireNonNull(a.settings().get("limit")).value());
  }

  @Test
  void severalSettingsAreWrittenAtOnce() {
    TreeMap<String, Content> both = setting("limit", "x");
    both.put("locked", text("y"));
    assertEquals(List.of("limit", "locked"), a.merge(a.set(both, at(1))).settings());
    a.merge(a.set(setting("locked", "z"), at(2)));
    assertEquals(text("x"), Objects.requireNonNull(a.settings().get("limit")).value());
    assertEquals(text("z"), Objects.requireNonNull(a.settings().get("locked")).value());
  }

  @Test
  void chatMessageIsReportedOnce() {
    RoomDelta said = a.say("s", "u", text("hi"), at(1));
    assertEquals(List.copyOf(said.chat().values()), a.merge(said).chat());
    assertTrue(a.merge(said).isEmpty());
  }

  @Test
  void chatMessageIdsDifferWhereTimesDoNot() {
    ChatMessage ofA = a.say("s", "u", text("hi"), at(1)).chat().firstEntry().getValue();
    ChatMessage ofB = b.say("s", "u", text("hi"), at(1)).chat().firstEntry().getValue();
    assertEquals(ofA.id(), Samples.message(A, 1, 1).id());
    assertTrue(!ofA.id().equals(ofB.id()));
  }

  @Test
  void membersComeInTheOrderOfTheirSessions() {
    a.merge(a.put(member("s2", 1, 1, A)));
    a.merge(a.put(member("s1", 1, 2, A)));
    assertEquals(List.of("s1", "s2"), a.members().stream().map(Member::session).toList());
  }

  private static TreeMap<String, Content> setting(String key, String value) {
    TreeMap<String, Content> settings = new TreeMap<>();
    settings.put(key, text(value));
    return settings;
  }

  private static Member member(String session, long epoch, long millis, ReplicaId replica) {
    return Samples.member(session, epoch, new Stamp(at(millis), replica));
  }
}
