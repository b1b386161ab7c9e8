package dev.starling.server.store;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A store, with calls that wait for their outcome. */
final class TestStore implements AutoCloseable {
  static final StoreIdentity IDENTITY = new StoreIdentity("flock", "eu-1", "node-1");

  private static final Set<StoreState> ON_THE_WAY = Set.of(StoreState.OPENING);
  private static final int RETRY_MILLIS = 50;

  final Told told = new Told();
  final RoomStore store;

  TestStore(StoreConfig config) {
    store = RoomStore.start(config, told);
  }

  /** Opens one and waits until it can be used or not. */
  static TestStore open(Path directory) {
    TestStore opened = new TestStore(config(directory));
    opened.settle();
    return opened;
  }

  /** A snapshot is due after four deltas. */
  static StoreConfig config(Path directory) {
    return new StoreConfig(
        directory, IDENTITY, StoreSync.PROCESS, 4, 1 << 20, 1_024, 1 << 20, 1 << 16, RETRY_MILLIS);
  }

  StoreState settle() {
    await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> !ON_THE_WAY.contains(store.status().state()));
    return store.status().state();
  }

  void awaitState(StoreState state) {
    await().pollInterval(Duration.ofMillis(2)).until(() -> store.status().state() == state);
  }

  WriteOutcome append(String room, String delta) {
    return outcome(done -> store.append(room, Texts.bytes(delta), Runnable::run, done));
  }

  WriteOutcome fold(String room, String snapshot) {
    return outcome(done -> store.fold(room, Texts.bytes(snapshot), Runnable::run, done));
  }

  WriteOutcome remove(String room) {
    return outcome(done -> store.remove(room, Runnable::run, done));
  }

  WriteOutcome put(String key, String value) {
    return outcome(done -> store.put(key, Texts.bytes(value), Runnable::run, done));
  }

  WriteOutcome delete(String key) {
    return outcome(done -> store.delete(key, Runnable::run, done));
  }

  private static WriteOutcome outcome(Consumer<Consumer<WriteOutcome>> call) {
    CompletableFuture<WriteOutcome> outcome = new CompletableFuture<>();
    call.accept(outcome::complete);
    return outcome.join();
  }

  @Override
  public void close() {
    store.close();
  }
}
