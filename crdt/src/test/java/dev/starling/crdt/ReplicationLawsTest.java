package dev.starling.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Flock.Operation;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;

/** What parts of a state are worth as much as the whole, for every history. */
final class ReplicationLawsTest {
  private static final int LONGEST = 60;

  @Property(tries = 300)
  void differenceMakesWhatTheFullStateMakes(Choices choices) {
    after(
        choices,
        flock -> {
          RoomDelta one = flock.replica(0).full();
          RoomDelta other = flock.replica(1).full();
          RoomDelta expected = Flock.joined(List.of(other, one)).full();
          RoomDelta byContext = flock.replica(0).difference(flock.replica(1).context());
          assertEquals(expected, Flock.joined(List.of(other, byContext)).full());
          RoomDelta byDigest = flock.replica(0).difference(flock.replica(1).digest());
          assertEquals(expected, Flock.joined(List.of(other, byDigest)).full());
        });
  }

  @Property(tries = 200)
  void differenceCarriesNothingThatThePeerHasSeen(Choices choices) {
    after(
        choices,
        flock -> {
          CausalContext theirs = flock.replica(1).context();
          RoomDelta difference = flock.replica(0).difference(theirs);
          assertTrue(difference.members().keySet().stream().noneMatch(theirs::contains));
          assertTrue(difference.settings().keySet().stream().noneMatch(theirs::contains));
          assertTrue(difference.chat().keySet().stream().noneMatch(theirs::contains));
          assertTrue(difference.bans().keySet().stream().noneMatch(theirs::contains));
          assertTrue(flock.replica(0).difference(flock.replica(0).context()).context().isEmpty());
        });
  }

  @Property(tries = 300)
  void noveltyOfADeltaIsAllThatMatters(Choices choices) {
    after(
        choices,
        flock -> {
          RoomState whole = Flock.joined(List.of(flock.replica(1).full()));
          RoomState part = Flock.joined(List.of(flock.replica(1).full()));
          for (RoomDelta delta : flock.deltas()) {
            RoomDelta novel = part.novel(delta);
            assertEquals(whole.merge(delta), part.merge(novel));
            assertEquals(whole.full(), part.full());
            assertTrue(part.novel(delta).isEmpty());
          }
        });
  }

  @Property(tries = 200)
  void noveltyIsTheJoinOfThePartsThatAreNotHeld(Choices choices) {
    after(
        choices,
        flock -> {
          RoomState state = flock.replica(1);
          for (RoomDelta delta : flock.deltas()) {
            RoomDelta expected = RoomDelta.EMPTY.withRetired(state.novel(delta).retired());
            for (RoomDelta part : irreducibles(delta.without(state.forgotten()))) {
              RoomState copy = Flock.joined(List.of(state.full()));
              copy.merge(part);
              if (!copy.full().equals(state.full())) {
                expected = expected.join(part);
              }
            }
            assertEquals(expected, state.novel(delta));
          }
        });
  }

  @Property(tries = 200)
  void joinOfDeltasDoesWhatTheyDoOneByOne(Choices choices) {
    after(
        choices,
        flock -> {
          RoomDelta joined = flock.deltas().stream().reduce(RoomDelta.EMPTY, RoomDelta::join);
          assertEquals(Flock.joined(flock.deltas()).full(), Flock.joined(List.of(joined)).full());
        });
  }

  @Property(tries = 200)
  void deltaIsTheJoinOfItsIrreducibles(Choices choices) {
    after(
        choices,
        flock -> {
          for (RoomDelta delta : flock.deltas()) {
            RoomDelta joined =
                irreducibles(delta).stream()
                    .reduce(RoomDelta.EMPTY.withRetired(delta.retired()), RoomDelta::join);
            assertEquals(delta, joined);
          }
        });
  }

  @Property(tries = 200)
  void digestsAreEqualWhereContextsAre(Choices choices) {
    after(
        choices,
        flock -> {
          flock.settle();
          assertEquals(flock.replica(0).digest(), flock.replica(1).digest());
          assertTrue(flock.replica(0).digest().corrupt(flock.replica(2).digest()).isEmpty());
        });
  }

  @Property(tries = 200)
  void nothingLiveIsLostWhenAReplicaIsRetired(Choices choices) {
    after(
        choices,
        flock -> {
          flock.settle();
          RoomState state = flock.replica(0);
          List<Member> members = state.members();
          List<ChatMessage> chat = state.chat().messages();
          var settings = state.settings();
          RoomDelta retirement = state.retire(Samples.B, LONGEST);
          assertTrue(state.merge(retirement).isEmpty());
          assertEquals(members, state.members());
          assertEquals(chat, state.chat().messages());
          assertEquals(settings, state.settings());
          assertTrue(state.context().only(Samples.B).isEmpty());
          flock.deltas().forEach(late -> assertTrue(state.merge(late).isEmpty()));
          assertTrue(flock.replica(2).merge(state.difference(flock.replica(2).digest())).isEmpty());
          assertEquals(state.full(), flock.replica(2).full());
        });
  }

  /** A check of what a history made. */
  @FunctionalInterface
  private interface FlockCheck {
    void run(Flock flock);
  }

  private static void after(Choices choices, FlockCheck check) {
    Histories.check(choices, LONGEST, Operation::draw, history -> check.run(Flock.after(history)));
  }

  /** A delta for each dot. */
  private static List<RoomDelta> irreducibles(RoomDelta delta) {
    List<RoomDelta> parts = new ArrayList<>();
    for (DotRange range : delta.context().ranges()) {
      for (long counter = range.first(); counter <= range.last(); counter++) {
        CausalContext alone = CausalContext.EMPTY.with(new Dot(range.replica(), counter));
        parts.add(
            delta.without(delta.context().minus(alone)).withRetired(RoomDelta.EMPTY.retired()));
      }
    }
    return parts;
  }
}
