package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.starling.server.store.WriteOutcome.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that can't be used leads to a state that says what to do, and is left as it was. */
final class StoreStateTest {
  @TempDir Path parent;

  private Path directory() {
    return parent.resolve("store");
  }

  @Test
  void directoryInUseIsLockedUntilItIsFree() {
    TestStore first = TestStore.open(directory());
    try (TestStore second = TestStore.open(directory())) {
      assertState(StoreState.LOCKED, "store.directory of its own", second);
      first.append("room", "1");
      first.close();
      second.awaitState(StoreState.READY);
      assertEquals(List.of("1"), second.told.content("room").deltas());
    }
  }

  @Test
  void directoryWithoutParentIsMissingUntilItsVolumeIsThere() throws IOException {
    Path volume = parent.resolve("volume");
    try (TestStore store = TestStore.open(volume.resolve("store"))) {
      assertState(StoreState.MISSING, "mount its volume", store);
      Files.createDirectory(volume);
      store.awaitState(StoreState.READY);
    }
  }

  @Test
  void fileInPlaceOfTheDirectoryIsMissing() throws IOException {
    Files.writeString(directory(), "text");
    try (TestStore store = TestStore.open(directory())) {
      assertState(StoreState.MISSING, "is no directory", store);
    }
  }

  @Test
  void directoryOfOtherSoftwareIsForeignAndStaysAsItWas() throws IOException {
    Files.createDirectory(directory());
    Files.writeString(directory().resolve("postgresql.conf"), "text");
    try (TestStore store = TestStore.open(directory())) {
      assertState(StoreState.FOREIGN, "such as postgresql.conf", store);
    }
    assertEquals(List.of("postgresql.conf"), names());
  }

  @Test
  void freshVolumeWithLostAndFoundIsTaken() throws IOException {
    Files.createDirectories(directory().resolve("lost+found"));
    try (TestStore store = TestStore.open(directory())) {
      assertEquals(StoreState.READY, store.settle());
    }
  }

  @Test
  void storeOfAnotherClusterOrRegionIsForeign() {
    TestStore.open(directory()).close();
    for (StoreIdentity other :
        List.of(
            new StoreIdentity("other", "eu-1", "node-1"),
            new StoreIdentity("flock", "us-1", "node-1"))) {
      try (TestStore store = new TestStore(config(other))) {
        store.settle();
        assertState(StoreState.FOREIGN, "cluster flock and region eu-1", store);
      }
    }
  }

  @Test
  void nodeOfAnotherNameTakesTheRoomsOver() throws IOException {
    try (TestStore store = TestStore.open(directory())) {
      store.append("room", "1");
    }
    try (TestStore store = new TestStore(config(new StoreIdentity("flock", "eu-1", "node-2")))) {
      assertEquals(StoreState.READY, store.settle());
      assertEquals(List.of("1"), store.told.content("room").deltas());
    }
    assertTrue(Files.readString(directory().resolve("store.txt")).contains("node node-2\n"));
  }

  @Test
  void formatOfANewerVersionIsRefused() throws IOException {
    TestStore.open(directory()).close();
    String body = "Rooms of a Starling node.\nformat 2\nwhatever it may say\n";
    writeIdentity(body + IdentityFile.checkLine(body) + "\n");
    try (TestStore store = TestStore.open(directory())) {
      assertState(StoreState.NEWER, "format 2", store);
    }
  }

  @Test
  void damagedIdentityIsCorrupt() throws IOException {
    TestStore.open(directory()).close();
    String text = Files.readString(directory().resolve("store.txt"));
    for (String damaged :
        List.of("", "\n\n\n", text.replace("eu-1", "us-1"), text.replace("format 1", "format 2"))) {
      writeIdentity(damaged);
      try (TestStore store = TestStore.open(directory())) {
        assertState(StoreState.CORRUPT, "store.txt doesn't check out", store);
      }
    }
  }

  private void writeIdentity(String text) throws IOException {
    Files.writeString(directory().resolve("store.txt"), text, StandardCharsets.ISO_8859_1);
  }

  private StoreConfig config(StoreIdentity identity) {
    return StoreConfig.of(directory(), identity, StoreSync.PROCESS);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertState(StoreState state, String advice, TestStore store) {
    StoreStatus status = store.store.status();
    assertEquals(state, status.state(), status.message());
    assertTrue(status.message().contains(advice), status.message());
    assertEquals(Reason.UNAVAILABLE, RoomStoreTest.reason(store.append("room", "1")));
  }
}
