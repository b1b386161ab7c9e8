package dev.starling.crdt;

import static dev.starling.crdt.Samples.A;
import static dev.starling.crdt.Samples.B;
import static dev.starling.crdt.Samples.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.property.Choices;
import dev.starling.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ChatLogTest {
  @Test
  void repeatedMessageIsNotAddedAgain() {
    ChatLog log = new ChatLog(2);
    assertTrue(log.add(message(A, 1, 10)));
    assertFalse(log.add(message(A, 1, 10)));
    assertEquals(1, log.size());
  }

  @Test
  void newestPushesOutTheOldest() {
    ChatLog log = logOf(2, 10, 20, 30);
    assertEquals(List.of(message(A, 20, 20), message(A, 30, 30)), log.messages());
  }

  @Test
  void messageOlderThanAFullLogIsNotNews() {
    ChatLog log = logOf(2, 20, 30);
    assertFalse(log.add(message(A, 1, 10)));
    assertEquals(2, log.size());
  }

  @Test
  void logOfNothingKeepsNothing() {
    ChatLog log = new ChatLog(0);
    assertFalse(log.add(message(A, 1, 10)));
    assertEquals(0, log.size());
  }

  @Test
  void negativeCapacityIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ChatLog(-1));
  }

  @Test
  void sameTimeIsOrderedByDot() {
    assertTrue(message(A, 2, 10).compareTo(message(B, 1, 10)) < 0);
    assertTrue(message(A, 1, 10).compareTo(message(A, 2, 10)) < 0);
  }

  @Test
  void newestPageSaysWhetherOlderOnesAreKept() {
    ChatLog log = logOf(9, 10, 20, 30);
    assertEquals(
        new ChatLog.Page(List.of(message(A, 20, 20), message(A, 30, 30)), true), log.page(null, 2));
    assertFalse(log.page(null, 3).more());
  }

  @Test
  void pageEndsBeforeTheNamedMessage() {
    ChatLog log = logOf(9, 10, 20, 30);
    assertEquals(
        new ChatLog.Page(List.of(message(A, 20, 20)), true), log.page(message(A, 30, 30).id(), 1));
  }

  @Test
  void pageBeforeAnUnknownMessageIsEmpty() {
    assertEquals(new ChatLog.Page(List.of(), false), logOf(9, 10, 20).page("nothing", 5));
  }

  @Test
  void pageBeforeTheOldestIsEmpty() {
    assertEquals(
        new ChatLog.Page(List.of(), false), logOf(9, 10, 20).page(message(A, 10, 10).id(), 5));
  }

  @Property
  void pagesTogetherAreTheWholeLog(Choices choices) {
    ChatLog log = new ChatLog(choices.between(0, 30));
    messages(choices).forEach(log::add);
    int limit = choices.between(1, 7);
    List<ChatMessage> read = new ArrayList<>();
    ChatLog.Page page = log.page(null, limit);
    read.addAll(0, page.messages());
    while (page.more()) {
      page = log.page(read.getFirst().id(), limit);
      read.addAll(0, page.messages());
    }
    assertEquals(log.messages(), read);
  }

  @Property(tries = 200)
  void keepsTheNewestWhateverTheOrderOfArrival(Choices choices) {
    int capacity = choices.between(0, 10);
    List<ChatMessage> messages = messages(choices);
    ChatLog log = new ChatLog(capacity);
    choices.shuffled(messages).forEach(log::add);
    List<ChatMessage> sorted = new ArrayList<>(new TreeSet<>(messages));
    assertEquals(
        sorted.subList(Math.max(0, sorted.size() - capacity), sorted.size()), log.messages());
  }

  private static List<ChatMessage> messages(Choices choices) {
    return choices.listOf(
        30,
        each -> {
          int number = each.between(1, 40);
          return message(each.oneOf(Samples.REPLICAS), number, number / 3);
        });
  }

  private static ChatLog logOf(int capacity, int... millis) {
    ChatLog log = new ChatLog(capacity);
    for (int each : millis) {
      log.add(message(A, each, each));
    }
    return log;
  }
}
