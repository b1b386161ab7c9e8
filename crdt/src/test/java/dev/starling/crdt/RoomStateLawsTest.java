package dev.starling.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.crdt.Flock.Operation;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;

/** What holds for every history of three replicas that hear of each other late, twice or never. */
final class RoomStateLawsTest {
  private static final int LONGEST = 60;

  @Property(tries = 200)
  void orderAndRepetitionOfDeltasDoNotMatter(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        (history, more) -> {
          List<RoomDelta> deltas = Flock.after(history).deltas();
          List<RoomDelta> repeated = new ArrayList<>(deltas);
          repeated.addAll(deltas);
          RoomDelta expected = Flock.joined(deltas).full();
          assertEquals(expected, Flock.joined(more.shuffled(repeated)).full());
        });
  }

  @Property(tries = 200)
  void joinIsAssociative(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          Flock flock = Flock.after(history);
          RoomDelta x = flock.replica(0).full();
          RoomDelta y = flock.replica(1).full();
          RoomDelta z = flock.replica(2).full();
          RoomDelta yz = Flock.joined(List.of(y, z)).full();
          RoomDelta xy = Flock.joined(List.of(x, y)).full();
          assertEquals(Flock.joined(List.of(xy, z)).full(), Flock.joined(List.of(x, yz)).full());
        });
  }

  @Property(tries = 200)
  void joinWithItselfChangesNothing(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          RoomState state = Flock.after(history).replica(0);
          RoomDelta before = state.full();
          assertTrue(state.merge(before).isEmpty());
          assertEquals(before, state.full());
        });
  }

  @Property(tries = 200)
  void weightFollowsWhatIsHeldAndNotHowItCame(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          RoomState state = Flock.after(history).replica(0);
          assertEquals(Flock.joined(List.of(state.full())).heldBytes(), state.heldBytes());
        });
  }

  @Property(tries = 200)
  void deltasOfAHistoryMakeTheSameStateAsFullStates(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          Flock flock = Flock.after(history);
          flock.settle();
          assertEquals(flock.replica(0).full(), Flock.joined(flock.deltas()).full());
        });
  }

  @Property(tries = 200)
  void equalContextsMeanEqualStates(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          Flock flock = new Flock();
          for (int step = 0; step < history.size(); step++) {
            flock.apply(history.get(step), step);
            for (int other : Flock.numbers()) {
              RoomState mine = flock.replica(history.get(step).at());
              RoomState theirs = flock.replica(other);
              if (mine.context().equals(theirs.context())) {
                assertEquals(entries(mine), entries(theirs));
              }
            }
          }
        });
  }

  @Property(tries = 200)
  void memberRemovedEverywhereNeverComesBack(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        (history, more) -> {
          Flock flock = Flock.after(history);
          flock.settle();
          RoomState state = flock.replica(more.between(0, 2));
          state.merge(state.remove("s1"));
          more.shuffled(flock.deltas()).forEach(state::merge);
          assertNull(state.member("s1"));
        });
  }

  @Property(tries = 200)
  void banLiftedEverywhereNeverComesBack(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        (history, more) -> {
          Flock flock = Flock.after(history);
          flock.settle();
          RoomState state = flock.replica(more.between(0, 2));
          state.merge(state.unban("u1", LONGEST));
          more.shuffled(flock.deltas()).forEach(state::merge);
          assertFalse(state.isBanned("u1", 0));
        });
  }

  @Property(tries = 200)
  void banIsLiftedOnlyWhereItWasSeen(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        (history, more) -> {
          Flock flock = Flock.after(history);
          RoomState lifting = flock.replica(0);
          RoomState banning = flock.replica(1);
          RoomDelta ban = banning.ban(new Ban("u1", LONGEST + 1), LONGEST);
          RoomDelta unban = lifting.unban("u1", LONGEST);
          List<RoomDelta> news = more.shuffled(List.of(ban, unban));
          news.forEach(banning::merge);
          news.forEach(lifting::merge);
          assertTrue(banning.isBanned("u1", LONGEST));
          assertTrue(lifting.isBanned("u1", LONGEST));
          assertFalse(lifting.isBanned("u1", LONGEST + 1));
        });
  }

  @Property(tries = 200)
  void dotIsMintedOnce(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          Flock flock = new Flock();
          for (int step = 0; step < history.size(); step++) {
            Operation operation = history.get(step);
            CausalContext before = flock.replica(operation.at()).context();
            int made = flock.deltas().size();
            flock.apply(operation, step);
            CausalContext after = flock.replica(operation.at()).context();
            assertTrue(after.union(flock.replica(operation.at()).forgotten()).covers(before));
            if (flock.deltas().size() > made) {
              ReplicaId replica = Samples.REPLICAS.get(operation.at());
              CausalContext minted = flock.deltas().getLast().context().only(replica).minus(before);
              assertFalse(minted.isEmpty());
              assertTrue(after.covers(minted));
            }
          }
        });
  }

  @Property(tries = 300)
  void changesAreTheDifferenceBetweenBeforeAndAfter(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Operation::draw,
        history -> {
          Flock flock = new Flock();
          for (int step = 0; step < history.size(); step++) {
            RoomState state = flock.replica(history.get(step).at());
            var settings = state.settings();
            List<ChatMessage> chat = state.chat().messages();
            List<Member> members = state.members();
            RoomChanges changes = flock.apply(history.get(step), step);
            checkMembers(members, state.members(), changes);
            checkSettings(settings, state, changes);
            checkChat(chat, state, changes);
          }
        });
  }

  /** Without the records of retired replicas: two may know of different ones and hold the same. */
  private static RoomDelta entries(RoomState state) {
    return state.full().withRetired(RoomDelta.EMPTY.retired());
  }

  private static void checkMembers(List<Member> before, List<Member> after, RoomChanges changes) {
    List<String> came = sessions(after);
    came.removeAll(sessions(before));
    List<String> went = sessions(before);
    went.removeAll(sessions(after));
    assertEquals(came, sessions(changes.joined()));
    assertEquals(went, sessions(changes.left()));
    List<Member> updated = new ArrayList<>(after);
    updated.removeAll(before);
    updated.removeIf(member -> came.contains(member.session()));
    assertEquals(updated, changes.updated());
    assertTrue(after.containsAll(changes.joined()));
    assertTrue(before.containsAll(changes.left()));
  }

  private static void checkSettings(
      NavigableMap<String, Register<Content>> before, RoomState after, RoomChanges changes) {
    List<String> changed = new ArrayList<>(after.settings().keySet());
    changed.removeIf(key -> Objects.equals(after.settings().get(key), before.get(key)));
    assertEquals(changed, changes.settings());
  }

  private static void checkChat(List<ChatMessage> before, RoomState after, RoomChanges changes) {
    Set<ChatMessage> news = new HashSet<>(after.chat().messages());
    before.forEach(news::remove);
    assertTrue(changes.chat().containsAll(news), "a message that came is not reported");
    assertTrue(changes.chat().stream().noneMatch(before::contains), "reported again");
    assertEquals(changes.chat().stream().sorted().toList(), changes.chat());
    assertTrue(after.chat().size() <= Flock.CHAT_CAPACITY);
  }

  private static List<String> sessions(List<Member> members) {
    return new ArrayList<>(members.stream().map(Member::session).toList());
  }
}
