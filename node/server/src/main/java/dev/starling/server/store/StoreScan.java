package dev.starling.server.store;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads everything that is in a store, one room or record in memory at a time. */
final class StoreScan {
  /** What a scan finds. */
  interface Sink {
    void room(StoredRoom room) throws StoreFault;

    void record(String key, byte[] value) throws StoreFault;

    /** Something that isn't a room's and can't be read. */
    void lost(String what, String why);
  }

  private final Engine engine;
  private final BooleanSupplier stopped;

  /**
   * @param stopped whether nobody wants the rest any more
   */
  StoreScan(Engine engine, BooleanSupplier stopped) {
    this.engine = engine;
    this.stopped = stopped;
  }

  void run(Sink sink) throws StoreFault {
    records(sink);
    try (RoomNames names = new RoomNames(engine);
        RoomReader reader = new RoomReader(engine)) {
      for (String room = names.after(null); room != null; room = names.after(room)) {
        sink.room(reader.read(room));
        goOn();
      }
      if (names.lost()) {
        sink.lost("<rooms>", "the names of some rooms can't be read");
      }
    }
  }

  private void records(Sink sink) throws StoreFault {
    try (Cursor cursor = engine.cursor()) {
      boolean found = cursor.seek(Keys.records());
      while (found && Keys.isRecord(cursor.key())) {
        record(cursor.key(), cursor.value(), sink);
        found = cursor.next();
        goOn();
      }
    } catch (StoreFault unreadable) {
      if (!unreadable.is(StoreState.CORRUPT)) {
        throw unreadable;
      }
      sink.lost("<records>", "some records can't be read");
    }
  }

  private static void record(byte[] key, byte[] sealed, Sink sink) throws StoreFault {
    byte @Nullable [] value = Checked.open(key, sealed);
    if (value == null) {
      sink.lost(Keys.recordKey(key), "its checksum is wrong");
    } else {
      sink.record(Keys.recordKey(key), value);
    }
  }

  private void goOn() throws StoreFault {
    if (stopped.getAsBoolean()) {
      throw new StoreFault(StoreState.CLOSED, "The store is closed.", null);
    }
  }
}
