package dev.starling.server.wiring;

import dev.starling.crdt.Bytes;
import dev.starling.crdt.RoomDelta;
import dev.starling.proto.inquiry.v1.Store;
import dev.starling.proto.replication.DeltaReader;
import dev.starling.server.config.NodeSettings;
import dev.starling.server.config.Role;
import dev.starling.server.host.NodeHost;
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
import io.netty.channel.EventLoopGroup;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

  /** After that the node starts without what it has kept, and takes it in later. */
  private static final int OPENING_SECONDS = 30;

  /** Rooms are pinned to regions, not to clusters: this one has no name so far. */
  private static final String CLUSTER = "starling";

  private static final String IN_MEMORY = "memory";

  /** The record of when the node used the directory last: milliseconds since 1970. */
  static final String USED = "used";

  private static final int NOTE_MINUTES = 1;

  /**
   * What is older isn't taken in: no room keeps anything for longer without members, and the others
   * know for no longer what was removed.
   */
  private static final long MOST_AGE_MILLIS = TimeUnit.HOURS.toMillis(24);

  private final @Nullable RoomStore store;
  private final String without;

  /**
   * @param without why there is no store, where there is none
   */
  private StoreParts(@Nullable RoomStore store, String without) {
    this.store = store;
    this.without = without;
  }

  /**
   * Opens it where the settings have one, has what is in it restored, and has rooms kept there from
   * now on. One that can't be used yet is used once it can.
   *
   * @param loops where it notes now and then that it is used; their owner ends them
   */
  static StoreParts open(NodeSettings settings, NodeHost host, EventLoopGroup loops) {
    SharedRooms rooms = host.sharedRooms();
    Path directory = settings.store().directory();
    if (rooms == null) {
      return new StoreParts(null, "A node without a cluster keeps rooms in memory.");
    }
    return directory == null ? withoutDirectory(settings) : open(settings, directory, rooms, loops);
  }

  private static StoreParts withoutDirectory(NodeSettings settings) {
    if (!settings.node().roles().contains(Role.CORE)) {
      return new StoreParts(null, "A node that isn't core owns no rooms.");
    }
    String message =
        "Rooms are only in memory, and lost when all nodes end at once: set store.directory to a"
            + " directory of this node alone.";
    log.warn("store: {}", message);
    return new StoreParts(null, message);
  }

  private static StoreParts open(
      NodeSettings settings, Path directory, SharedRooms rooms, EventLoopGroup loops) {
    NodeSettings.Node node = settings.node();
    StoreIdentity identity = new StoreIdentity(CLUSTER, node.region(), node.name());
    Restoring restoring = new Restoring(rooms);
    RoomStore store =
        RoomStore.start(StoreConfig.of(directory, identity, StoreSync.PROCESS), restoring);
    StoreParts parts = new StoreParts(store, "");
    rooms.keepOn(parts);
    restoring.settled.completeOnTimeout(null, OPENING_SECONDS, TimeUnit.SECONDS).join();
    loops.next().scheduleWithFixedDelay(() -> noteUse(store), 0, NOTE_MINUTES, TimeUnit.MINUTES);
    return parts;
  }

  /** Where the store can't be written to, its time stands still. */
  private static void noteUse(RoomStore store) {
    store.put(USED, millis(InstantSource.system().millis()), Runnable::run, written -> {});
  }

  static byte[] millis(long epochMillis) {
    return ByteBuffer.allocate(Long.BYTES).putLong(epochMillis).array();
  }

  /** Hands over what is read, also late. */
  private static final class Restoring implements StoreListener {
    private final SharedRooms rooms;
    private final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();
    private final List<String> leftOut = new ArrayList<>();
    private boolean isOld;

    Restoring(SharedRooms rooms) {
      this.rooms = rooms;
    }

    @Override
    public void room(String name, byte @Nullable [] snapshot, List<byte[]> deltas) {
      if (isOld) {
        leftOut.add(name);
        return;
      }
      List<RoomDelta> parts = new ArrayList<>();
      if (snapshot != null) {
        add(name, snapshot, parts);
      }
      deltas.forEach(delta -> add(name, delta, parts));
      if (!parts.isEmpty()) {
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
      if (key.equals(USED) && value.length == Long.BYTES) {
        long age = InstantSource.system().millis() - ByteBuffer.wrap(value).getLong();
        isOld = age > MOST_AGE_MILLIS;
        if (isOld) {
          log.warn("store: the rooms there are {} hours old, and left out", hours(age));
        }
      }
    }

    private static long hours(long millis) {
      return TimeUnit.MILLISECONDS.toHours(millis);
    }

    @Override
    public void setAside(String what, String why) {
      log.error("store: {} is set aside: {}", what, why);
    }

    @Override
    public void changed(StoreStatus status) {
      if (status.state() == StoreState.READY) {
        log.info("store: {}", status.message());
        leftOut.forEach(rooms::forget);
        leftOut.clear();
      } else if (status.state() != StoreState.OPENING && status.state() != StoreState.CLOSED) {
        log.error("store: {}", status.message());
      }
      if (status.state() != StoreState.OPENING) {
        settled.complete(null);
      }
    }
  }

  /** How it is, in a word. */
  String state() {
    return store == null ? IN_MEMORY : word(store.status().state());
  }

  private static String word(StoreState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How it is, for operators. */
  Store status() {
    StoreStatus now = store == null ? null : store.status();
    return now == null
        ? Store.newBuilder().setState(IN_MEMORY).setMessage(without).build()
        : Store.newBuilder().setState(word(now.state())).setMessage(now.message()).build();
  }

  /** What an operator has to see to; none where all is well. */
  List<String> complaints() {
    return store == null || takes() ? List.of() : List.of("store " + state());
  }

  @Override
  public boolean takes() {
    return store != null && store.status().state() == StoreState.READY;
  }

  @Override
  public void append(String room, byte[] delta, Executor executor, Consumer<Outcome> done) {
    disk().append(room, delta, executor, written -> done.accept(outcome(written)));
  }

  @Override
  public void fold(String room, byte[] state, Executor executor, Consumer<Outcome> done) {
    disk().fold(room, state, executor, written -> done.accept(outcome(written)));
  }

  @Override
  public void remove(String room, Executor executor, Consumer<Outcome> done) {
    disk().remove(room, executor, written -> done.accept(outcome(written)));
  }

  /** Rooms are kept on it only where it is. */
  private RoomStore disk() {
    return Objects.requireNonNull(store);
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
    if (store != null) {
      store.close();
    }
  }
}
