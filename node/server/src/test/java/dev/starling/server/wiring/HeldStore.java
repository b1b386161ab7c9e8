package dev.starling.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.starling.server.store.RoomStore;
import dev.starling.server.store.StoreConfig;
import dev.starling.server.store.StoreIdentity;
import dev.starling.server.store.StoreListener;
import dev.starling.server.store.StoreState;
import dev.starling.server.store.StoreStatus;
import dev.starling.server.store.StoreSync;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A store that no node has: another process, as it were, that has a directory. */
final class HeldStore {
  private HeldStore() {}

  /** Opens it, under a name in the region of the tests' nodes. */
  static RoomStore open(Path directory, String node) {
    Settled settled = new Settled(new CompletableFuture<>());
    StoreIdentity identity = new StoreIdentity("starling", "west", node);
    RoomStore store =
        RoomStore.start(StoreConfig.of(directory, identity, StoreSync.PROCESS), settled);
    assertEquals(StoreState.READY, settled.first.join());
    return store;
  }

  private record Settled(CompletableFuture<StoreState> first) implements StoreListener {
    @Override
    public void room(String name, byte @Nullable [] snapshot, List<byte[]> deltas) {}

    @Override
    public void record(String key, byte[] value) {}

    @Override
    public void setAside(String what, String why) {}

    @Override
    public void changed(StoreStatus status) {
      first.complete(status.state());
    }
  }
}
