package dev.starling.server.host;

import dev.starling.core.replication.PeerMessage;
import dev.starling.core.replication.ReplicationConfig;
import dev.starling.core.replication.ReplicationCore;
import dev.starling.core.replication.ReplicationInput;
import dev.starling.core.replication.ReplicationOutput;
import dev.starling.core.replication.Reply;
import dev.starling.core.replication.RoomReplica;
import dev.starling.core.room.RoomRequest;
import dev.starling.core.room.RoomStanding;
import dev.starling.core.session.SessionInput;
import dev.starling.crdt.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The replication of one loop's shards, on that loop. */
final class ShardHost {
  private static final Reply NO_PLACE =
      new Reply.Refused(AbsentRoom.NO_PLACE.code(), AbsentRoom.NO_PLACE.message());

  private final NodeHost node;
  private final SharedRooms rooms;
  private final Loop loop;
  private final IntPredicate shards;
  private final ReplicationConfig config;
  private final RoomKeeping keeping;
  private final Alarm alarm;
  private final Consumer<ReplicationOutput> dispatch = this::dispatch;
  private final Map<String, PeerQueue> peers = new HashMap<>();
  private final Map<String, Long> heldBytes = new HashMap<>();
  private final Set<String> touched = new HashSet<>();
  private ReplicationCore core;
  private final List<Awaited> awaited = new ArrayList<>();
  private int counted;

  /** Whoever waits for replication to come so far. */
  private record Awaited(
      Predicate<ReplicationCore> reached, CompletableFuture<@Nullable Void> told) {}

  ShardHost(
      NodeHost node, SharedRooms rooms, Loop loop, IntPredicate shards, ReplicationConfig config) {
    this.node = node;
    this.rooms = rooms;
    this.loop = loop;
    this.shards = shards;
    this.config = config;
    this.core = new ReplicationCore(node.life(), node.config().region(), shards, config);
    this.keeping = new RoomKeeping(node, rooms, loop, room -> core.replica(room));
    this.alarm = new Alarm(loop, node.clock(), () -> step(new ReplicationInput.Woken()));
  }

  /** Steps it, on its loop; from any thread, in order for each. */
  void input(ReplicationInput input) {
    loop.run(() -> step(input));
  }

  /** Another life of this node goes on with what this one owns; before the ring's next view. */
  void renew(ReplicaId life) {
    loop.run(() -> {
      ReplicationCore former = core;
      core = new ReplicationCore(life, node.config().region(), shards, config);
      for (String name : former.names()) {
        RoomReplica replica = former.replica(name);
        if (replica != null && replica.owned()) {
          step(new ReplicationInput.Restored(name, replica.state().full()));
        } else {
          rooms.closed(name);
        }
      }
      peers.values().forEach(queue -> step(new ReplicationInput.Connected(idOf(queue.link()))));
    });
  }

  private static ReplicaId idOf(PeerLink link) {
    return new ReplicaId(link.peer().name(), link.peer().generation());
  }

  /** A session asks; from any thread. */
  void ask(String room, RoomRequest request, List<String> residency) {
    loop.run(() -> {
      if (request instanceof RoomRequest.Enter && !hasPlace(room)) {
        AbsentRoom.answer(node, room, request);
      } else {
        step(new ReplicationInput.Ask(room, request, residency));
      }
    });
  }

  /** The application asks; from any thread. */
  void order(ReplicationInput.Order order) {
    loop.run(() -> {
      if (order.opens() && !hasPlace(order.room())) {
        rooms.reported(order.ticket(), AbsentRoom.NO_PLACE);
      } else {
        step(order);
      }
    });
  }

  /** Whether a room is here, or one more may be. */
  private boolean hasPlace(String room) {
    return core.replica(room) != null || rooms.hasPlace();
  }

  void up(PeerLink link) {
    ReplicaId peer = idOf(link);
    loop.run(() -> {
      peers.put(peer.node(), new PeerQueue(link, loop.page()));
      step(new ReplicationInput.Connected(peer));
    });
  }

  void down(PeerLink link) {
    loop.run(() -> {
      if (isPresent(link)) {
        Objects.requireNonNull(peers.remove(link.peer().name())).clear();
        step(new ReplicationInput.Disconnected(link.peer().name()));
      }
    });
  }

  private boolean isPresent(PeerLink link) {
    PeerQueue present = peers.get(link.peer().name());
    return present != null && present.link().equals(link);
  }

  void received(PeerLink link, List<PeerMessage> messages, Runnable taken) {
    loop.run(() -> {
      boolean whole = false;
      try {
        if (isPresent(link)) {
          String peer = link.peer().name();
          messages.forEach(message -> received(peer, message));
        }
        whole = true;
      } finally {
        if (!whole) {
          // A fault left out what others count on: both sides say it again over a new stream.
          link.loop().execute(() -> link.reset("a message about rooms could not be taken"));
        }
        taken.run();
      }
    });
  }

  private void received(String peer, PeerMessage message) {
    PeerMessage refusal = refusal(message);
    if (refusal == null) {
      step(new ReplicationInput.Received(peer, message));
    } else {
      send(new ReplicationOutput.Send(peer, refusal));
    }
  }

  /** What a request of another node is answered that would make a room too many; else null. */
  private @Nullable PeerMessage refusal(PeerMessage message) {
    return switch (message) {
      case PeerMessage.Forward asked when !hasPlace(asked.room()) -> {
        boolean enters = asked.request() instanceof RoomRequest.Enter;
        Reply reply = enters ? NO_PLACE : new Reply.NotServing();
        yield new PeerMessage.Replied(asked.room(), asked.ticket(), reply);
      }
      case PeerMessage.Command asked when asked.opens() && !hasPlace(asked.room()) ->
          new PeerMessage.Replied(asked.room(), asked.ticket(), NO_PLACE);
      default -> null;
    };
  }

  void roomAgain(PeerLink link) {
    loop.run(() -> {
      String peer = link.peer().name();
      PeerQueue present = peers.get(peer);
      if (present != null && present.link().equals(link) && present.drained()) {
        step(new ReplicationInput.Ready(peer));
      }
    });
  }

  /** A room that is on the disk isn't to come back from there; from any thread. */
  void forget(String room) {
    loop.run(() -> keeping.forget(room));
  }

  /** Reads a room on its loop; null where nothing of it is here. */
  <T> CompletableFuture<@Nullable T> read(String room, Function<RoomStanding, T> reading) {
    return CompletableFuture.supplyAsync(
        () -> {
          RoomStanding standing = core.standing(room);
          return standing == null ? null : reading.apply(standing);
        },
        loop::run);
  }

  /** Completes when replication has come so far; from any thread. */
  CompletableFuture<@Nullable Void> when(Predicate<ReplicationCore> reached) {
    Awaited fresh = new Awaited(reached, new CompletableFuture<>());
    loop.run(() -> {
      awaited.add(fresh);
      tellReached();
    });
    return fresh.told();
  }

  private void tellReached() {
    awaited.removeIf(each -> each.reached().test(core) && each.told().complete(null));
  }

  private void step(ReplicationInput input) {
    core.step(input, node.clock().nanos(), node.clock().epochMillis(), dispatch);
    touched.forEach(this::account);
    touched.clear();
    rooms.count(core.rooms() - counted);
    counted = core.rooms();
    if (!awaited.isEmpty()) {
      tellReached();
    }
  }

  private void account(String room) {
    RoomReplica replica = core.replica(room);
    Long before =
        replica == null ? heldBytes.remove(room) : heldBytes.put(room, replica.heldBytes());
    long now = replica == null ? 0 : replica.heldBytes();
    loop.page().addOfRooms(now - (before == null ? 0 : before));
  }

  private void dispatch(ReplicationOutput output) {
    switch (output) {
      case ReplicationOutput.Send send -> send(send);
      case ReplicationOutput.Store store -> {
        touched.add(store.room());
        rooms.opened(store.room());
        ReplicationCore from = core;
        keeping.keep(
            store.room(),
            store.delta(),
            () -> {
              if (from == core) {
                step(new ReplicationInput.Stored(store.room(), store.sequence()));
              }
            });
      }
      case ReplicationOutput.Forget forget -> {
        touched.add(forget.room());
        keeping.forget(forget.room());
      }
      case ReplicationOutput.Closed closed -> {
        touched.add(closed.room());
        rooms.closed(closed.room());
      }
      case ReplicationOutput.Publish publish -> {
        touched.add(publish.view().room());
        rooms.publish(publish.view());
      }
      case ReplicationOutput.Answer answer ->
          node.answer(
              answer.session(),
              new SessionInput.Answered(answer.room(), answer.id(), answer.message()));
      case ReplicationOutput.Tell tell ->
          node.answer(tell.session(), new SessionInput.Happened(tell.event()));
      case ReplicationOutput.Reported reported ->
          rooms.reported(reported.ticket(), reported.report());
      case ReplicationOutput.Counted counter -> rooms.lost(counter.loss());
      case ReplicationOutput.WakeAt wake -> alarm.set(wake.nanos());
    }
  }

  private void send(ReplicationOutput.Send send) {
    PeerQueue queue = peers.get(send.peer());
    if (queue != null && queue.send(send.message())) {
      core.blocked(send.peer());
    }
  }
}
