package dev.starling.sim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

class EventQueueTest {
  /** An event, and what asked for it when. */
  private record Asked(long atNanos, int order) {}

  @Property(tries = 300)
  void eventsHappenByTimeAndThenByTheOrderOfAsking(Choices choices) {
    EventQueue events = new EventQueue();
    List<Asked> asked = new ArrayList<>();
    List<Asked> happened = new ArrayList<>();
    for (int i = choices.between(1, 300); i > 0; i--) {
      Asked event = new Asked(choices.between(0, 50), asked.size());
      asked.add(event);
      events.at(event.atNanos(), () -> happened.add(event));
    }
    events.runUntil(25);
    events.runUntil(50);
    asked.sort(Comparator.comparingLong(Asked::atNanos).thenComparingInt(Asked::order));
    assertEquals(asked, happened);
    assertEquals(0, events.size());
  }

  @Property(tries = 50)
  void whatIsAskedForThePastHappensNow(Choices choices) {
    EventQueue events = new EventQueue();
    long now = choices.between(10, 100);
    List<Long> times = new ArrayList<>();
    events.at(now, () -> events.at(choices.between(0, 9), () -> times.add(events.now())));
    events.runUntil(200);
    assertEquals(List.of(now), times);
  }
}
