package dev.starling.core.room;

import dev.starling.core.room.RoomRequest.Enter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who waits to be let in, in the order of knocking; bounded. Not thread-safe. */
public final class Lobby {
  /** What a waiting member costs beside its profile: records, names and a password, rounded up. */
  private static final int WAITING_BYTES = 1024;

  private final int capacity;
  private final LinkedHashMap<String, Enter> waiting = new LinkedHashMap<>(0);

  Lobby(int capacity) {
    this.capacity = capacity;
  }

  /** Lets somebody wait; false where there are too many. A repeat keeps its place. */
  boolean add(Enter enter) {
    if (waiting.size() >= capacity && !waiting.containsKey(enter.session())) {
      return false;
    }
    waiting.put(enter.session(), enter);
    return true;
  }

  /** About how many bytes those who wait take up. */
  long heldBytes() {
    long bytes = 0;
    for (Enter enter : waiting.values()) {
      bytes += WAITING_BYTES + enter.profile().bytes().length();
    }
    return bytes;
  }

  /** The request of somebody who waits, or null where nobody of that id does. */
  public @Nullable Enter get(String session) {
    return waiting.get(session);
  }

  /** Takes somebody out, or null where nobody of that id waits. */
  public @Nullable Enter take(String session) {
    return waiting.remove(session);
  }

  /** Takes everybody out. */
  public List<Enter> takeAll() {
    List<Enter> all = new ArrayList<>(waiting.values());
    waiting.clear();
    return all;
  }

  /** Those who wait, in order; a copy. */
  List<Enter> all() {
    return new ArrayList<>(waiting.values());
  }
}
