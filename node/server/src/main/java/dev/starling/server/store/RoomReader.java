package dev.starling.server.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rooms one by one, up to what is damaged of them. */
final class RoomReader implements AutoCloseable {
  private final Cursor cursor;

  RoomReader(Engine engine) {
    this.cursor = engine.cursor();
  }

  /** What can be read of a room that has a name or any data. */
  StoredRoom read(String room) throws StoreFault {
    Reading reading = new Reading(room);
    try {
      read(reading);
    } catch (StoreFault unreadable) {
      if (!unreadable.is(StoreState.CORRUPT)) {
        throw unreadable;
      }
      reading.damage = "a block of the disk can't be read";
    }
    return reading.room();
  }

  private void read(Reading reading) throws StoreFault {
    byte[] prefix = Keys.room(reading.name);
    boolean found = cursor.seek(prefix);
    while (found && Keys.startsWith(cursor.key(), prefix) && reading.damage == null) {
      reading.take(cursor.key(), cursor.value());
      found = cursor.next();
    }
    if (reading.damage == null && reading.room().empty()) {
      reading.damage = "nothing of it is left";
    }
  }

  @Override
  public void close() {
    cursor.close();
  }

  /** A room while it is read: its snapshot comes first, then its deltas by number. */
  private static final class Reading {
    private final String name;
    private final List<byte[]> deltas = new ArrayList<>();
    private byte @Nullable [] snapshot;
    private long folded;
    private @Nullable String damage;

    Reading(String name) {
      this.name = name;
    }

    void take(byte[] key, byte[] sealed) {
      byte[] value = Checked.open(key, sealed);
      if (value == null) {
        damage = "a checksum is wrong";
      } else if (Arrays.equals(key, Keys.snapshot(name))) {
        takeSnapshot(value);
      } else if (Arrays.equals(key, Keys.delta(name, folded + deltas.size() + 1))) {
        deltas.add(value);
      } else {
        damage = "an operation is missing";
      }
    }

    private void takeSnapshot(byte[] value) {
      folded = ByteBuffer.wrap(value).getLong();
      snapshot = Arrays.copyOfRange(value, Long.BYTES, value.length);
    }

    StoredRoom room() {
      return new StoredRoom(name, snapshot, folded, deltas, damage);
    }
  }
}
