package dev.starling.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.starling.server.store.Told.Content;
import dev.starling.server.store.WriteOutcome.Reason;
import dev.starling.server.store.WriteOutcome.Refused;
import dev.starling.server.store.WriteOutcome.Written;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RoomStoreTest {
  @TempDir Path directory;

  @Test
  void roomsAndRecordsComeBackInOrder() {
    try (TestStore store = TestStore.open(directory)) {
      store.append("b", "1");
      store.append("a", "2");
      store.fold("b", "3");
      store.append("b", "4");
      store.append("b", "5");
      store.append("gone", "6");
      store.remove("gone");
      store.put("shard/7", "one");
      store.put("shard/7", "two");
      store.put("shard/8", "three");
      store.delete("shard/8");
      assertEquals(2, store.store.counters().rooms());
    }
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(
          Map.of(
              "a", new Content(null, List.of("2")),
              "b", new Content("3", List.of("4", "5"))),
          store.told.rooms);
      assertEquals(Map.of("shard/7", "two"), store.told.records);
      assertEquals(List.of(), store.told.setAside);
      assertEquals(StoreState.READY, store.told.statuses.getLast().state());
    }
  }

  @Test
  void snapshotIsDueAfterSoManyDeltasAndAgainAfterRestart() {
    try (TestStore store = TestStore.open(directory)) {
      for (int i = 1; i < 4; i++) {
        assertEquals(new Written(false), store.append("room", "delta"));
      }
      assertEquals(new Written(true), store.append("room", "delta"));
      assertEquals(new Written(false), store.fold("room", "snapshot"));
      assertEquals(new Written(false), store.append("room", "delta"));
      store.append("room", "delta");
      store.append("room", "delta");
    }
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(new Written(true), store.append("room", "delta"));
    }
  }

  @Test
  void snapshotOfALargeRoomIsDueOnlyAfterHalfAsMuchHasCome() {
    try (TestStore store = TestStore.open(directory)) {
      store.fold("room", "s".repeat(100));
      for (int i = 1; i < 10; i++) {
        assertEquals(new Written(false), store.append("room", "delta"));
      }
    }
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(new Written(true), store.append("room", "delta"));
    }
  }

  @Test
  void roomWhoseSnapshotNeverComesTakesNoMore() {
    try (TestStore store = TestStore.open(directory)) {
      for (int i = 0; i < 8 * 4; i++) {
        assertInstanceOf(Written.class, store.append("room", "delta"));
      }
      assertEquals(Reason.FOLD_DUE, reason(store.append("room", "delta")));
      store.fold("room", "snapshot");
      assertEquals(new Written(false), store.append("room", "delta"));
    }
  }

  @Test
  void snapshotIsDueAfterSoManyBytes() {
    StoreConfig small =
        new StoreConfig(
            directory, TestStore.IDENTITY, StoreSync.DISK, 100, 10, 10, 10_000, 100, 100);
    try (TestStore store = new TestStore(small)) {
      store.settle();
      assertEquals(new Written(false), store.append("room", "12345"));
      assertEquals(new Written(true), store.append("room", "67890"));
    }
  }

  @Test
  void writesBeyondTheQueueAreRefusedAndTheOthersStored() throws InterruptedException {
    Semaphore storing = new Semaphore(0);
    CountDownLatch held = new CountDownLatch(1);
    List<WriteOutcome> outcomes = new CopyOnWriteArrayList<>();
    StoreConfig small =
        new StoreConfig(
            directory, TestStore.IDENTITY, StoreSync.PROCESS, 4, 100, 2, 10_000, 100, 100);
    try (TestStore store = new TestStore(small)) {
      store.settle();
      store.store.append(
          "room",
          Texts.bytes("0"),
          Runnable::run,
          done -> {
            held.countDown();
            storing.acquireUninterruptibly();
          });
      held.await();
      for (int i = 1; i <= 3; i++) {
        store.store.append("room", Texts.bytes("" + i), Runnable::run, outcomes::add);
      }
      assertEquals(Reason.BUSY, reason(outcomes.getFirst()));
      assertEquals(2, store.store.waiting());
      storing.release();
    }
    assertEquals(3, outcomes.size());
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(List.of("0", "1", "2"), store.told.content("room").deltas());
    }
  }

  @Test
  void writesTogetherGoInFewBatches() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1_000);
    try (TestStore store = TestStore.open(directory)) {
      for (int i = 0; i < 1_000; i++) {
        store.store.append("room", Texts.bytes("x"), Runnable::run, outcome -> done.countDown());
      }
      done.await();
      RoomStore real = store.store;
      assertEquals(1_000, real.counters().writes());
      assertEquals(1_000, real.counters().writtenBytes());
      assertEquals(true, real.counters().batches() < 1_000);
    }
  }

  @Test
  void recordThatIsTooLargeOrNamelessIsRefused() {
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(Reason.TOO_LARGE, reason(store.append("room", "x".repeat(70_000))));
      assertEquals(Reason.TOO_LARGE, reason(store.append("r".repeat(1_025), "x")));
      assertEquals(Reason.TOO_LARGE, reason(store.put("", "x")));
      assertEquals(new Written(false), store.append("r".repeat(1_024), "x".repeat(65_536)));
      assertEquals(3, store.store.counters().refused());
    }
  }

  @Test
  void executorThatIsGoneHoldsUpNobody() {
    try (TestStore store = TestStore.open(directory)) {
      store.store.append(
          "room",
          Texts.bytes("1"),
          task -> {
            throw new RejectedExecutionException("gone");
          },
          outcome -> {});
      assertEquals(new Written(false), store.append("room", "2"));
      assertEquals(1, store.store.counters().unheard());
    }
  }

  @Test
  void closedStoreRefusesAndGivesTheDirectoryFree() {
    TestStore closed = TestStore.open(directory);
    closed.close();
    closed.close();
    assertEquals(StoreState.CLOSED, closed.store.status().state());
    assertEquals(Reason.UNAVAILABLE, reason(closed.append("room", "1")));
    try (TestStore store = TestStore.open(directory)) {
      assertEquals(StoreState.READY, store.store.status().state());
    }
  }

  static Reason reason(WriteOutcome outcome) {
    return assertInstanceOf(Refused.class, outcome).reason();
  }
}
