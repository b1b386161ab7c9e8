package dev.starling.core.session;

import dev.starling.core.protocol.ServerMessage.Event;
import java.util.ArrayList;
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

  /** Events are a chain, of which most clients have nothing most of the time. */
  private @Nullable Item first;

  private @Nullable Item lastWritten;
  private @Nullable Item last;
  private int size;
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
    private @Nullable Item next;

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
    if (size >= maxEvents || bytes + event.weight() > maxBytes) {
      return false;
    }
    Item item = new Item(++lastPosition, event, sender, id);
    if (last == null) {
      first = item;
    } else {
      last.next = item;
    }
    last = item;
    size++;
    bytes += event.weight();
    return true;
  }

  /** Takes the next event to be written, or null. From here on it waits for its confirmation. */
  @Nullable Item write() {
    Item item = firstWaiting();
    if (item != null) {
      item.everWritten = true;
      writtenPosition = item.position;
      lastWritten = item;
    }
    return item;
  }

  private @Nullable Item firstWaiting() {
    return lastWritten == null ? first : lastWritten.next;
  }

  /** Everything unconfirmed is to be written again, in order: the connection it went to is gone. */
  void rewind() {
    writtenPosition = confirmedPosition;
    lastWritten = null;
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
    for (Item item = first;
        item != null && item.position <= position && item.everWritten;
        item = first) {
      unlink(null, item);
      confirmed.add(item);
    }
    confirmedPosition = Math.max(confirmedPosition, position);
    return confirmed;
  }

  /**
   * Takes an event out of the chain.
   *
   * @param before the event before it, or null where it is the first
   */
  private void unlink(@Nullable Item before, Item item) {
    if (before == null) {
      first = item.next;
    } else {
      before.next = item.next;
    }
    last = last == item ? before : last;
    lastWritten = lastWritten == item ? before : lastWritten;
    size--;
    bytes -= item.event.weight();
  }

  /**
   * Takes back an event that was never written; false where it isn't waiting, or was written
   * before.
   */
  boolean withdraw(String sender, long id) {
    int before = size;
    dropWaiting(item -> item.isFrom(sender, id) && !item.everWritten);
    return size < before;
  }

  /** Whether an event of a sender is kept here unconfirmed. */
  boolean holds(String sender, long id) {
    for (Item item = first; item != null; item = item.next) {
      if (item.isFrom(sender, id)) {
        return true;
      }
    }
    return false;
  }

  /** Drops all events that came from rooms. */
  void dropRoomEvents() {
    dropAfter(null, item -> item.sender == null);
  }

  /** Drops the events that came from one room and wait to be written. */
  void dropRoomEvents(String room) {
    dropWaiting(item -> item.sender == null && item.event.room().equals(room));
  }

  private void dropWaiting(Predicate<Item> condition) {
    dropAfter(lastWritten, condition);
  }

  /**
   * Drops events that meet a condition.
   *
   * @param start the event to begin behind, or null to begin with the first
   */
  private void dropAfter(@Nullable Item start, Predicate<Item> condition) {
    Item before = start;
    for (Item item = start == null ? first : start.next; item != null; item = item.next) {
      if (condition.test(item)) {
        unlink(before, item);
      } else {
        before = item;
      }
    }
  }

  /** Empties the box and says what was in it, in order. */
  List<Item> clear() {
    List<Item> all = new ArrayList<>(size);
    for (Item item = first; item != null; item = item.next) {
      all.add(item);
    }
    first = null;
    lastWritten = null;
    last = null;
    size = 0;
    bytes = 0;
    return all;
  }

  /** Whether something waits to be written. */
  boolean hasWaiting() {
    return firstWaiting() != null;
  }

  int size() {
    return size;
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
