package dev.starling.server.host;

import dev.starling.core.protocol.Code;
import dev.starling.core.replication.ClusterView;
import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.core.replication.ReplicationOutput.Loss;
import dev.starling.core.room.RoomOrder;
import dev.starling.core.room.RoomReport;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.room.RoomView;
import dev.starling.crdt.ReplicaId;
import dev.starling.crdt.RoomDelta;
import dev.starling.membership.NodeId;
import dev.starling.membership.ring.Ring;
import dev.starling.proto.replication.PeerReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rooms that this node shares with others. Each loop has the rooms of some shards, and takes the
 * frames of {@link FrameClass#REPLICATION} that are about them. Thread-safe.
 */
public final class SharedRooms implements NodeRooms, PeerUser {
  private static final RoomReport RENEWED =
      new RoomReport.Refused(
          Code.INDETERMINATE, "the node began a new life; it may have been done");

  private final NodeHost node;
  private final List<ShardHost> parts;
  private final ConcurrentHashMap<String, RoomView> views = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, CompletableFuture<RoomReport>> orders =
      new ConcurrentHashMap<>();
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicInteger rooms = new AtomicInteger();
  private final ConcurrentHashMap<Loss, LongAdder> losses = new ConcurrentHashMap<>();
  private volatile @Nullable RoomDisk disk;
  private final LongAdder malformed = new LongAdder();

  SharedRooms(NodeHost node, ReplicationConfig config) {
    this.node = node;
    List<Loop> loops = node.loops().all();
    this.parts =
        IntStream.range(0, loops.size())
            .mapToObj(i ->
                new ShardHost(node, this, loops.get(i), shard -> shard % loops.size() == i, config))
            .toList();
  }

  private ShardHost part(int shard) {
    return parts.get(shard % parts.size());
  }

  /** The one that has a room. */
  ShardHost part(String room) {
    return part(Ring.shardOf(room));
  }

  /** Where rooms are kept from now on; before anything of them is. */
  public void keepOn(RoomDisk kept) {
    disk = kept;
  }

  @Nullable RoomDisk disk() {
    return disk;
  }

  /** A room that is on the disk and isn't restored: it is removed there. */
  public void forget(String room) {
    part(room).forget(room);
  }

  /** A room as an earlier life of this node has kept it; best before the first view. */
  public void restore(String room, RoomDelta all) {
    opened(room);
    part(room).input(new ReplicationInput.Restored(room, all));
  }

  /** This is another life of the node: what it has of rooms goes on in its name. */
  void renew(ReplicaId life) {
    parts.forEach(part -> part.renew(life));
    orders.keySet().forEach(ticket -> reported(ticket, RENEWED));
  }

  /** Completes when this node serves all shards that it owns; not before the first view. */
  public CompletableFuture<Void> serving() {
    return when(ReplicationCore::servesAll);
  }

  /** Completes when other owners, where there are any, have all that this node owned. */
  public CompletableFuture<Void> handedOver() {
    return when(ReplicationCore::isHandedOver);
  }

  private CompletableFuture<Void> when(Predicate<ReplicationCore> reached) {
    return CompletableFuture.allOf(
        parts.stream().map(part -> part.when(reached)).toArray(CompletableFuture[]::new));
  }

  /** What the ring knows now; in the order in which it came to know it. */
  public void see(ClusterView view) {
    parts.forEach(part -> part.input(new ReplicationInput.ViewChanged(view)));
  }

  @Override
  public void ask(String room, RoomRequest request, List<String> residency) {
    part(room).ask(room, request, residency);
  }

  @Override
  public RoomView view(String room) {
    RoomView known = views.get(room);
    return known == null ? RoomView.empty(room) : known;
  }

  @Override
  public Stream<RoomView> views() {
    return views.values().stream();
  }

  @Override
  public <T> CompletableFuture<@Nullable T> read(String room, Function<RoomStanding, T> reading) {
    return part(room).read(room, reading);
  }

  @Override
  public CompletableFuture<RoomReport> order(String room, RoomOrder order, boolean opens) {
    long ticket = tickets.incrementAndGet();
    CompletableFuture<RoomReport> report = new CompletableFuture<>();
    orders.put(ticket, report);
    part(room).order(new ReplicationInput.Order(room, ticket, order, opens));
    return report;
  }

  void reported(long ticket, RoomReport report) {
    CompletableFuture<RoomReport> waiting = orders.remove(ticket);
    if (waiting != null) {
      waiting.complete(report);
    }
  }

  void publish(RoomView view) {
    views.put(view.room(), view);
  }

  /** A room is there, whether or not anybody is in it. */
  void opened(String room) {
    views.computeIfAbsent(room, RoomView::empty);
  }

  void closed(String room) {
    views.remove(room);
  }

  /** So many rooms are there more, or fewer. */
  void count(int more) {
    rooms.addAndGet(more);
  }

  boolean hasPlace() {
    return rooms.get() < node.config().maxRooms();
  }

  void lost(Loss loss) {
    losses.computeIfAbsent(loss, first -> new LongAdder()).increment();
  }

  /** What was dropped or refused since the start, and how often; without what never was. */
  public SortedMap<String, Long> dropped() {
    SortedMap<String, Long> sums = new TreeMap<>();
    losses.forEach((loss, count) -> sums.put(loss.name().toLowerCase(Locale.ROOT), count.sum()));
    if (malformed.sum() > 0) {
      sums.put("malformed", malformed.sum());
    }
    return sums;
  }

  @Override
  public void up(PeerLink link) {
    parts.forEach(part -> part.up(link));
  }

  @Override
  public void down(PeerLink link) {
    parts.forEach(part -> part.down(link));
  }

  @Override
  public void received(PeerLink link, List<PeerFrame> frames, Runnable taken) {
    Map<Integer, List<PeerMessage>> byPart = new TreeMap<>();
    for (PeerFrame frame : frames) {
      PeerMessage message = PeerReader.peer(frame.head());
      if (message == null) {
        // Nothing may be left out: both sides say again what counts.
        malformed.increment();
        link.reset("that is no message about rooms");
        taken.run();
        return;
      }
      int part = message.shard() % parts.size();
      byPart.computeIfAbsent(part, first -> new ArrayList<>()).add(message);
    }
    AtomicInteger open = new AtomicInteger(byPart.size());
    Runnable partTaken =
        () -> {
          if (open.decrementAndGet() == 0) {
            taken.run();
          }
        };
    byPart.forEach((part, messages) -> parts.get(part).received(link, messages, partTaken));
  }

  @Override
  public void roomAgain(PeerLink link) {
    parts.forEach(part -> part.roomAgain(link));
  }

  /** The view says so as well. */
  @Override
  public void gone(NodeId peer) {}
}
