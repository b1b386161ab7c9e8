package dev.starling.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.protocol.ServerMessage.Signaled;
import dev.starling.crdt.Content;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OutboxTest {
  private static final Event EVENT = new Signaled("r", "a", Content.EMPTY_OBJECT);

  private final Outbox outbox = new Outbox(3, 10_000);

  @Test
  void boundedByNumber() {
    assertTrue(outbox.offer(EVENT, "a", 1));
    assertTrue(outbox.offer(EVENT, "a", 2));
    assertTrue(outbox.offer(EVENT, "a", 3));
    assertFalse(outbox.offer(EVENT, "a", 4));
  }

  @Test
  void boundedByWeight() {
    Outbox light = new Outbox(3, EVENT.weight());
    assertTrue(light.offer(EVENT, "a", 1));
    assertFalse(light.offer(EVENT, "a", 2));
  }

  @Test
  void everyWayOutGivesTheWeightBack() {
    outbox.offer(EVENT, "a", 1);
    assertTrue(outbox.withdraw("a", 1));
    outbox.offer(EVENT, null, 0);
    outbox.dropRoomEvents("r");
    outbox.offer(EVENT, null, 0);
    outbox.write();
    outbox.dropRoomEvents();
    outbox.offer(EVENT, "a", 2);
    outbox.confirm(Objects.requireNonNull(outbox.write()).offset());
    outbox.offer(EVENT, "a", 3);
    outbox.clear();
    assertEquals(0, outbox.bytes());
    assertEquals(0, outbox.size());
  }

  @Test
  void writtenEventIsNotWithdrawnThoughItWaitsToBeWrittenAgain() {
    outbox.offer(EVENT, "a", 1);
    outbox.write();
    outbox.rewind();
    assertFalse(outbox.withdraw("a", 1));
    assertTrue(outbox.holds("a", 1));
  }

  @Test
  void rewoundEventsKeepTheirOrderBeforeNewOnes() {
    outbox.offer(EVENT, "a", 1);
    outbox.offer(EVENT, "a", 2);
    outbox.write();
    outbox.write();
    outbox.offer(EVENT, "a", 3);
    outbox.rewind();
    assertEquals(List.of(1L, 2L, 3L), outbox.clear().stream().map(Outbox.Item::id).toList());
  }
}
