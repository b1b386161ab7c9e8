package dev.starling.core.session;

import dev.starling.core.protocol.ServerMessage.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The events of one receiver in their order: first those written and not confirmed, then those
 * still to be written. An event's position is its place in the session's whole history; the offset
 * on the wire is its text. Bounded by number and weight. Not thread-safe.
 */
final class Outbox {
  private static final int RADIX = 36;

  private final int maxEvents;
  private final long maxBytes;
  private final ArrayDeque<Item> written = new ArrayDeque<>(1);
  private final ArrayDeque<Item> waiting = new ArrayDeque<>(1);
  private long lastPosition;
  private long writtenPosition;
  private long confirmedPosition;
  private long bytes;

  /**
   * An event in its place; {@code sender} is null where it came from a room and nobody waits for
   * its confirmation.
   */
  static final class Item {
    private final long position;
    private final Event event;
    private final @Nullable String sender;
    private final long id;
    private boolean everWritten;

    private Item(long position, Event event, @Nullable String sender, long id) {
      this.position = position;
      this.event = event;
      this.sender = sender;
      this.id = id;
    }

    Event event() {
      return event;
    }

    @Nullable String sender() {
      return sender;
    }

    long id() {
      return id;
    }

    boolean everWritten() {
      return everWritten;
    }

    String offset() {
      return Long.toString(position, RADIX);
    }

    private boolean isFrom(String session, long request) {
      return id == request && session.equals(sender);
    }
  }

  Outbox(int maxEvents, long maxBytes) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
  }

  /** Appends an event; false where it is full, and nothing was kept. */
  boolean offer(Event event, @Nullable String sender, long id) {
    if (size() >= maxEvents || bytes + event.weight() > maxBytes) {
      return false;
    }
    waiting.add(new Item(++lastPosition, event, sender, id));
    bytes += event.weight();
    return true;
  }

  /** Takes the next event to be written, or null. From here on it waits for its confirmation. */
  @Nullable Item write() {
    Item item = waiting.poll();
    if (item != null) {
      item.everWritten = true;
      writtenPosition = item.position;
      written.add(item);
    }
    return item;
  }

  /** Everything unconfirmed is to be written again, in order: the connection it went to is gone. */
  void rewind() {
    writtenPosition = confirmedPosition;
    while (!written.isEmpty()) {
      waiting.addFirst(written.pollLast());
    }
  }

  /**
   * Drops everything up to an offset.
   *
   * @return what was confirmed by it; empty for an older offset; null where the offset isn't one
   *     that was given out
   */
  @Nullable List<Item> confirm(String offset) {
    long position = parse(offset);
    if (position < 0 || position > lastPosition) {
      return null;
    }
    List<Item> confirmed = new ArrayList<>(1);
    drain(written, position, confirmed);
    drain(waiting, position, confirmed);
    confirmedPosition = Math.max(confirmedPosition, position);
    return confirmed;
  }

  private void drain(ArrayDeque<Item> queue, long position, List<Item> confirmed) {
    while (!queue.isEmpty() && queue.peek().position <= position && queue.peek().everWritten) {
      Item item = queue.poll();
      bytes -= item.event.weight();
      confirmed.add(item);
    }
  }

  /**
   * Takes back an event that was never written; false where it isn't waiting, or was written
   * before.
   */
  boolean withdraw(String sender, long id) {
    for (Iterator<Item> items = waiting.iterator(); items.hasNext(); ) {
      Item item = items.next();
      if (item.isFrom(sender, id) && !item.everWritten) {
        items.remove();
        bytes -= item.event.weight();
        return true;
      }
    }
    return false;
  }

  /** Whether an event of a sender is kept here unconfirmed. */
  boolean holds(String sender, long id) {
    return written.stream().anyMatch(item -> item.isFrom(sender, id))
        || waiting.stream().anyMatch(item -> item.isFrom(sender, id));
  }

  /** Drops all events that came from rooms. */
  void dropRoomEvents() {
    dropIf(written, item -> item.sender == null);
    dropIf(waiting, item -> item.sender == null);
  }

  /** Drops the events that came from one room and wait to be written. */
  void dropRoomEvents(String room) {
    dropIf(waiting, item -> item.sender == null && item.event.room().equals(room));
  }

  private void dropIf(ArrayDeque<Item> queue, Predicate<Item> condition) {
    queue.removeIf(item -> {
      boolean drop = condition.test(item);
      if (drop) {
        bytes -= item.event.weight();
      }
      return drop;
    });
  }

  /** Empties the box and says what was in it, in order. */
  List<Item> clear() {
    List<Item> all = new ArrayList<>(written);
    all.addAll(waiting);
    written.clear();
    waiting.clear();
    bytes = 0;
    return all;
  }

  /** Whether something waits to be written. */
  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  int size() {
    return written.size() + waiting.size();
  }

  /** What the events in the box weigh together. */
  long bytes() {
    return bytes;
  }

  /** The offset up to which the client has confirmed. */
  String confirmedOffset() {
    return Long.toString(confirmedPosition, RADIX);
  }

  /** The offset of the last event that was written, or was confirmed before that. */
  String writtenOffset() {
    return Long.toString(Math.max(writtenPosition, confirmedPosition), RADIX);
  }

  /** The position, or -1 where no position is written so; damaged offsets are cheap too. */
  private static long parse(String offset) {
    if (offset.isEmpty() || (offset.charAt(0) == '0' && offset.length() > 1)) {
      return -1;
    }
    long position = 0;
    for (int i = 0; i < offset.length(); i++) {
      int digit = digit(offset.charAt(i));
      if (digit < 0 || position > (Long.MAX_VALUE - digit) / RADIX) {
        return -1;
      }
      position = position * RADIX + digit;
    }
    return position;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
  }
}
