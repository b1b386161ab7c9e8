package dev.starling.core.session;

import dev.starling.core.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * What became of the client's latest request ids, so that a repeat has no second effect. The oldest
 * answered ones are forgotten first; those that wait for their answer never. Not thread-safe.
 */
final class RequestLog {
  /** What an id stands for. */
  sealed interface Standing {
    /** Above every id so far: a new request. */
    record Fresh() implements Standing {}

    /** Under way; the answer will come. */
    record Pending() implements Standing {}

    /** Answered, and the answer is good for a repeat. */
    record Settled(ServerMessage answer) implements Standing {}

    /** Answered, and whoever answered knows what a repeat is to be told: ask again. */
    record AskAgain() implements Standing {}

    /** Not an id that was used lately. */
    record Forgotten() implements Standing {}
  }

  /** An entry of the map and an answer, rounded up. */
  private static final int ENTRY_BYTES = 160;

  private static final int NAME_BYTES = 8;

  private static final Standing FRESH = new Standing.Fresh();
  private static final Standing PENDING = new Standing.Pending();
  private static final Standing ASK_AGAIN = new Standing.AskAgain();
  private static final Standing FORGOTTEN = new Standing.Forgotten();

  private final int capacity;
  private final int maxPending;
  private final IdTable<Standing> byId = new IdTable<>();
  private long lastId;
  private int pending;
  private long namedMembers;

  RequestLog(int capacity, int maxPending) {
    this.capacity = capacity;
    this.maxPending = maxPending;
  }

  Standing standing(long id) {
    if (id > lastId) {
      return FRESH;
    }
    Standing known = byId.get(id);
    return known == null ? FORGOTTEN : known;
  }

  /** The highest id so far. */
  long lastId() {
    return lastId;
  }

  /** About how many bytes it takes up. */
  long heldBytes() {
    return (long) byId.size() * ENTRY_BYTES + namedMembers * NAME_BYTES;
  }

  /** Whether one more request may wait for its answer. */
  boolean admits() {
    return pending < maxPending;
  }

  /** Notes a request that waits for its answer. */
  void begin(long id) {
    Standing former = byId.put(id, PENDING);
    if (!(former instanceof Standing.Pending)) {
      pending++;
    }
    namedMembers -= namedBy(former);
    lastId = Math.max(lastId, id);
    forgetEldest();
  }

  /** Notes an answer that a repeat gets again. */
  void settle(long id, ServerMessage answer) {
    end(id, new Standing.Settled(answer));
  }

  /** Notes that the request was answered, and that a repeat is to be asked again. */
  void forgetAnswer(long id) {
    end(id, ASK_AGAIN);
  }

  private void end(long id, Standing standing) {
    boolean isNew = id > lastId;
    if (!isNew && byId.get(id) == null) {
      return; // Answered before, and forgotten since.
    }
    Standing former = byId.put(id, standing);
    if (former instanceof Standing.Pending) {
      pending--;
    }
    namedMembers += namedBy(standing) - namedBy(former);
    if (isNew) {
      lastId = id;
      forgetEldest();
    }
  }

  /** How many members an answer names: what a broadcast that missed many costs. */
  private static int namedBy(@Nullable Standing standing) {
    return standing instanceof Standing.Settled(ServerMessage.Done done) && done.missed() != null
        ? done.missed().size()
        : 0;
  }

  private void forgetEldest() {
    for (int place = 0; byId.size() > capacity && place < byId.size(); ) {
      Standing standing = byId.valueAt(place);
      if (standing instanceof Standing.Pending) {
        place++;
      } else {
        byId.removeAt(place);
        namedMembers -= namedBy(standing);
      }
    }
  }
}
