package dev.starling.server.wiring;

import dev.starling.crdt.Bytes;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.replication.DeltaReader;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.host.RoomDisk;
import dev.starling.server.host.SharedRooms;
import dev.starling.server.store.RoomStore;
import dev.starling.server.store.StoreConfig;
import dev.starling.server.store.StoreIdentity;
import dev.starling.server.store.StoreListener;
import dev.starling.server.store.StoreState;
import dev.starling.server.store.StoreStatus;
import dev.starling.server.store.StoreSync;
import dev.starling.server.store.WriteOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's rooms on its disk, from {@link #open} to {@link #close}. */
final class StoreParts implements RoomDisk, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreParts.class);

  /** After that the node starts without what it has kept; others may have it. */
  private static final int OPENING_SECONDS = 30;

  /** Rooms are pinned to regions, not to clusters: this one has no name so far. */
  private static final String CLUSTER = "starling";

  private final RoomStore store;

  private StoreParts(RoomStore store) {
    this.store = store;
  }

  /** Opens it, has what is in it restored, and has rooms kept there from now on. */
  static StoreParts open(NodeSettings settings, Path directory, SharedRooms rooms) {
    NodeSettings.Node node = settings.node();
    StoreIdentity identity = new StoreIdentity(CLUSTER, node.region(), node.name());
    Restoring restoring = new Restoring(rooms);
    RoomStore store =
        RoomStore.start(StoreConfig.of(directory, identity, StoreSync.PROCESS), restoring);
    restoring.settled.completeOnTimeout(null, OPENING_SECONDS, TimeUnit.SECONDS).join();
    restoring.over = true;
    StoreParts parts = new StoreParts(store);
    rooms.keepOn(parts);
    return parts;
  }

  /** Hands over what is read until the node takes part in the ring. */
  private static final class Restoring implements StoreListener {
    private final SharedRooms rooms;
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
    private volatile boolean over;

    Restoring(SharedRooms rooms) {
      this.rooms = rooms;
    }

    @Override
    public void room(String name, byte @Nullable [] snapshot, List<byte[]> deltas) {
      List<RoomDelta> parts = new ArrayList<>();
      if (snapshot != null) {
        add(name, snapshot, parts);
      }
      deltas.forEach(delta -> add(name, delta, parts));
      if (!over && !parts.isEmpty()) {
        rooms.restore(name, RoomDelta.join(parts));
      }
    }

    private static void add(String name, byte[] stored, List<RoomDelta> parts) {
      RoomDelta read = DeltaReader.delta(Bytes.wrap(stored));
      if (read == null) {
        log.error("store: a part of the room {} can't be read and is left out", name);
      } else {
        parts.add(read);
      }
    }

    @Override
    public void record(String key, byte[] value) {
      // Rooms are all that is kept.
    }

    @Override
    public void setAside(String what, String why) {
      log.error("store: {} is set aside: {}", what, why);
    }

    @Override
    public void changed(StoreStatus status) {
      if (status.state() == StoreState.READY) {
        log.info("store: {}", status.message());
      } else if (status.state() != StoreState.OPENING && status.state() != StoreState.CLOSED) {
        log.error("store: {}", status.message());
      }
      if (status.state() != StoreState.OPENING) {
        settled.complete(null);
      }
    }
  }

  /** What an operator has to see to; none where all is well. */
  List<String> complaints() {
    StoreState state = store.status().state();
    return state == StoreState.READY ? List.of() : List.of("store");
  }

  @Override
  public void append(String room, byte[] delta, Executor executor, Consumer<Outcome> done) {
    store.append(room, delta, executor, written -> done.accept(outcome(written)));
  }

  @Override
  public void fold(String room, byte[] state, Executor executor, Consumer<Outcome> done) {
    store.fold(room, state, executor, written -> done.accept(outcome(written)));
  }

  @Override
  public void remove(String room) {
    store.remove(room, Runnable::run, written -> {});
  }

  private static Outcome outcome(WriteOutcome written) {
    return switch (written) {
      case WriteOutcome.Written(boolean foldDue) -> foldDue ? Outcome.KEPT_AND_LONG : Outcome.KEPT;
      case WriteOutcome.Refused refused -> Outcome.REFUSED;
    };
  }

  /** Stores what waits, and ends. */
  @Override
  public void close() {
    store.close();
  }
}
