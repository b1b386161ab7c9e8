package dev.starling.server.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.starling.core.protocol.ServerMessage.Event;
import dev.starling.core.room.Place;
import dev.starling.core.room.RoomViews;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are that aren't on this node: what a room's view says, and for those who are
 * answered, or asked about after they left the room, what was last heard of them. Thread-safe.
 */
final class Places {
  /** An entry takes about 200 bytes; the eldest and least used go first. */
  private static final int MOST = 100_000;

  /** That of a session which a peer spoke for before any view showed it. */
  private static final long UNKNOWN_EPOCH = 0;

  private final RoomViews views;
  private final Cache<String, Place> lately = Caffeine.newBuilder().maximumSize(MOST).build();

  Places(RoomViews views) {
    this.views = views;
  }

  /** Where a member of an event's room is; null where that isn't known. */
  @Nullable Place of(String session, Event event) {
    Place shown = views.of(event.room()).placeOf(session);
    if (shown == null) {
      return of(session);
    }
    learn(session, shown);
    return shown;
  }

  /** Where a session was last; null where nothing is known of it. */
  @Nullable Place of(String session) {
    return lately.getIfPresent(session);
  }

  /** A peer speaks for a session. */
  void heard(String session, String node) {
    Place known = lately.getIfPresent(session);
    if (known == null || !known.node().equals(node)) {
      lately.put(session, new Place(node, UNKNOWN_EPOCH));
    }
  }

  private void learn(String session, Place shown) {
    Place known = lately.getIfPresent(session);
    if (known == null || (known.epoch() <= shown.epoch() && !known.equals(shown))) {
      lately.put(session, shown);
    }
  }
}
