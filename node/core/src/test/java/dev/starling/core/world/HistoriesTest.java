package dev.starling.core.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.world.Story.Twist;
import dev.starling.crdt.Member;
import dev.starling.property.Choices;
import dev.starling.property.Histories;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What holds whatever clients do and whatever happens to their connections. */
final class HistoriesTest {
  private static final int LONGEST = 120;

  /** So little is kept that overflows, refusals and snapshots are common. */
  private static final Bounds TIGHT = Bounds.retaining(6);

  @Property(tries = 150)
  void signalsArriveOnceAndInOrder(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> {
          Story story = told(Bounds.WIDE, history, more);
          story.ledger().check();
        });
  }

  @Property(tries = 150)
  void signalsArriveOnceAndInOrderWhereLittleIsKept(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> {
          Story story = told(TIGHT, history, more);
          story.ledger().check();
        });
  }

  @Property(tries = 100)
  void everyRequestIsAnsweredInTheEnd(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> {
          for (Steady client : told(more.oneOf(Bounds.WIDE, TIGHT), history, more).clients()) {
            assertEquals(Set.of(), client.unanswered(), client.session());
          }
        });
  }

  @Property(tries = 150)
  void everyPictureIsTheRoomInTheEnd(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> checkPictures(told(Bounds.WIDE, history, more)));
  }

  @Property(tries = 150)
  void everyPictureIsTheRoomInTheEndWhereLittleIsKept(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> checkPictures(told(TIGHT, history, more)));
  }

  @Property(tries = 20)
  void sameHistoryIsTheSameStoryInEveryDetail(Choices choices) {
    Histories.check(
        choices,
        LONGEST,
        Twist::draw,
        (history, more) -> {
          long seed = more.nextLong();
          List<String> first = told(TIGHT, history, new Choices(seed)).world().timeline().trace();
          assertEquals(first, told(TIGHT, history, new Choices(seed)).world().timeline().trace());
        });
  }

  private static Story told(Bounds bounds, List<Twist> history, Choices choices) {
    Story story = new Story(bounds, choices);
    history.forEach(story::happen);
    story.heal();
    return story;
  }

  private static void checkPictures(Story story) {
    TreeMap<String, Member> known = new TreeMap<>();
    for (Steady client : story.clients()) {
      assertTrue(client.serving(), client.session() + " is away");
      assertEquals(client.wanted(), client.pictures().keySet());
      client
          .pictures()
          .forEach((room, picture) -> {
            List<String> others = new ArrayList<>(story.world().node().view(room).sessions());
            assertTrue(others.remove(client.session()), client.session() + " isn't in " + room);
            assertEquals(others, List.copyOf(picture.sessions()), client.session() + " in " + room);
            picture
                .others()
                .forEach((session, member) -> {
                  Member same = known.putIfAbsent(room + " " + session, member);
                  assertTrue(same == null || same.equals(member), "two profiles of " + session);
                });
          });
    }
  }
}
