package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.store.Told.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What doesn't check out is set aside by its name, once, and the rest goes on. */
final class StoreSalvageTest {
  private static final Content WHOLE = new Content("1", List.of("2"));

  @TempDir Path directory;

  @BeforeEach
  void writeRooms() {
    try (TestStore store = TestStore.open(directory)) {
      for (String room : List.of("good", "hurt")) {
        store.append(room, "0");
        store.fold(room, "1");
        store.append(room, "2");
      }
      store.put("good", "record");
      store.put("hurt", "record");
    }
  }

  private interface Change {
    void in(WriteBatch batch) throws RocksDBException;
  }

  /** Changes the engine's data as nothing in this package does. */
  private void change(Change change) throws StoreFault, RocksDBException {
    try (Engine engine = Engine.open(directory.resolve("rooms"), StoreSync.PROCESS);
        WriteBatch batch = new WriteBatch()) {
      change.in(batch);
      engine.write(batch);
    }
  }

  private void opensWith(Map<String, Content> rooms, Map<String, String> records, String aside) {
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(rooms, store.told.roomsByName());
      assertEquals(records, store.told.records);
      assertEquals(List.of(aside), store.told.setAside);
      assertEquals(1, store.store.counters().setAside());
      String message = store.store.status().message();
      assertTrue(message.contains("set aside in " + directory.resolve("damaged-1")), message);
      store.append("hurt", "3");
    }
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(WHOLE, store.told.content("good"));
      assertEquals("3", store.told.content("hurt").deltas().getLast());
      assertEquals(List.of(), store.told.setAside);
    }
  }

  @Test
  void roomWithADamagedOperationIsToldUpToIt() throws StoreFault, RocksDBException {
    byte[] key = Keys.delta("hurt", 4);
    change(batch -> {
      batch.put(key, Checked.seal(Keys.delta("good", 4), Texts.bytes("another room's")));
      BatchWriter.put(Keys.delta("hurt", 5), Texts.bytes("4"), batch);
    });
    opensWith(
        Map.of("good", WHOLE, "hurt", WHOLE), Map.of("good", "record", "hurt", "record"), "hurt");
  }

  @Test
  void roomWithAMissingOperationIsToldUpToIt() throws StoreFault, RocksDBException {
    change(batch -> BatchWriter.put(Keys.delta("hurt", 5), Texts.bytes("4"), batch));
    opensWith(
        Map.of("good", WHOLE, "hurt", WHOLE), Map.of("good", "record", "hurt", "record"), "hurt");
  }

  @Test
  void roomWithADamagedSnapshotIsNotToldAtAll() throws StoreFault, RocksDBException {
    change(batch -> batch.put(Keys.snapshot("hurt"), new byte[2]));
    opensWith(Map.of("good", WHOLE), Map.of("good", "record", "hurt", "record"), "hurt");
  }

  @Test
  void roomOfWhichOnlyTheNameIsLeftIsSaid() throws StoreFault, RocksDBException {
    change(batch -> batch.deleteRange(Keys.room("hurt"), Keys.afterRoom("hurt")));
    opensWith(Map.of("good", WHOLE), Map.of("good", "record", "hurt", "record"), "hurt");
  }

  @Test
  void damagedRecordIsSetAsideByItsKey() throws StoreFault, RocksDBException {
    change(batch -> batch.put(Keys.record("hurt"), Texts.bytes("12345")));
    opensWith(Map.of("good", WHOLE, "hurt", WHOLE), Map.of("good", "record"), "hurt");
  }

  @Test
  void engineWhoseMainFileIsGoneIsNotTakenForAFreshOne() throws IOException {
    Path main = directory.resolve("rooms/CURRENT");
    Path elsewhere = directory.resolve("elsewhere");
    Files.move(main, elsewhere);
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(StoreState.CORRUPT, store.store.status().state());
      assertTrue(store.store.status().message().contains("move the directory away"));
    }
    Files.move(elsewhere, main);
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(Map.of("good", WHOLE, "hurt", WHOLE), store.told.roomsByName());
    }
  }

  @Test
  void roomsThatWereSavedBeforeTheProcessDiedAreInstalledAtTheNextStart() throws IOException {
    Files.move(directory.resolve("rooms"), directory.resolve("rooms.complete"));
    Files.createDirectory(directory.resolve("rooms"));
    Files.createDirectory(directory.resolve("rooms.new"));
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(Map.of("good", WHOLE, "hurt", WHOLE), store.told.roomsByName());
    }
    assertTrue(Files.exists(directory.resolve("damaged-1")));
    assertFalse(Files.exists(directory.resolve("rooms.new")));
  }
}
