package dev.starling.server.store;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of all rooms, in order, from two places: the names by themselves and the rooms' own
 * data. Where one can't be read the other may.
 */
final class RoomNames implements AutoCloseable {
  private final Cursor names;
  private final Cursor rooms;
  private boolean lost;

  RoomNames(Engine engine) {
    this.names = engine.cursor();
    this.rooms = engine.cursor();
  }

  /** The first name after another, or null after the last. */
  @Nullable String after(@Nullable String room) throws StoreFault {
    Found listed = find(names, room == null ? Keys.names() : Keys.afterName(room), Keys::isName);
    Found stored = find(rooms, room == null ? Keys.rooms() : Keys.afterRoom(room), Keys::isRoom);
    lost = listed.damaged && stored.damaged;
    return first(listed.name, stored.name);
  }

  /** Whether the names after the last one are lost. */
  boolean lost() {
    return lost;
  }

  private record Found(@Nullable String name, boolean damaged) {}

  private static Found find(Cursor cursor, byte[] from, Predicate<byte[]> kind) throws StoreFault {
    try {
      boolean there = cursor.seek(from) && kind.test(cursor.key());
      return new Found(there ? Keys.roomOf(cursor.key()) : null, false);
    } catch (StoreFault unreadable) {
      if (!unreadable.is(StoreState.CORRUPT)) {
        throw unreadable;
      }
      return new Found(null, true);
    }
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Arrays.compareUnsigned(Keys.name(one), Keys.name(other)) <= 0 ? one : other;
  }

  @Override
  public void close() {
    names.close();
    rooms.close();
  }
}
